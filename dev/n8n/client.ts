import type { INodeProperties } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { until } from '../until';
import { isWaiting, readExecution, type Execution, type StoredExecution } from './execution';
import type { StoredWorkflow, Workflow } from './workflow';

/** Who signs in; on a new n8n, the owner that gets set up. */
export interface Owner {
	email: string;
	/** n8n wants 8 characters or more, with a digit and a capital letter. */
	password: string;
}

/** A credential as n8n keeps it; its values stay inside. */
export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** A credential to be made: its values too. */
export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** A node type or credential type, as far as it is used here. */
export interface TypeDescription {
	name: string;
	displayName: string;
	/** Paths on n8n's server. */
	iconUrl?: { light: string; dark: string };
	codex?: { categories?: string[]; alias?: string[] };
	properties: INodeProperties[];
}

/** n8n refused a request. */
class N8nRefusal extends Error {
	constructor(
		readonly request: string,
		readonly status: number,
		answer: string,
	) {
		super(`n8n answered ${status} to ${request}: ${answer.slice(0, 500)}`);
	}
}

const RUN_WITHIN_MS = 120_000;
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** Speaks to n8n as its editor does, over `/rest`: the same for n8n 1.x and 2.x. */
export class N8nClient {
	private cookie = '';

	/** n8n ties a session to the browser that opened it. */
	private readonly browserId = randomUUID();

	private constructor(private readonly url: string) {}

	/** Signs in; where n8n has no owner yet, sets this one up. */
	static async signIn(url: string, owner: Owner): Promise<N8nClient> {
		const client = new N8nClient(url);
		const settings = await client.get<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			await client.post('/owner/setup', { ...owner, firstName: 'Juspay', lastName: 'Demo' });
		} else {
			await client.post('/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		}
		return client;
	}

	/** The node types that n8n has loaded, by name (`n8n-nodes-juspay.juspay`). */
	async nodeTypes(): Promise<string[]> {
		const types = await this.descriptions('nodes');
		return [...new Set(types.map(({ name }) => name))];
	}

	/** What n8n tells its editor about the node types or credential types that it has loaded. */
	async descriptions(kind: 'nodes' | 'credentials'): Promise<TypeDescription[]> {
		return await this.request('GET', `/types/${kind}.json`);
	}

	/** Makes a credential, or gives the one of this type and name the new values. */
	async putCredential(credential: NewCredential): Promise<Credential> {
		const present = await this.get<Credential[]>('/credentials');
		const same = present.find(
			({ name, type }) => name === credential.name && type === credential.type,
		);
		return same
			? await this.patch(`/credentials/${same.id}`, credential)
			: await this.post('/credentials', credential);
	}

	/**
	 * What the Test button in the credential's window says.
	 *
	 * @param credential - its ID, since n8n 1.x tests only what has been saved; the values may be others than the saved
	 */
	async testCredential(
		credential: NewCredential & { id: string },
	): Promise<{ ok: boolean; message: string }> {
		const { id, name, type, data } = credential;
		const { status, message } = await this.post<{ status: string; message: string }>(
			'/credentials/test',
			{ credentials: { id, name, type, data } },
		);
		return { ok: status === 'OK', message };
	}

	/** Imports a workflow; one of the same name gets replaced, so that it keeps its ID and its executions. */
	async putWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
		const filter = encodeURIComponent(JSON.stringify({ name: workflow.name }));
		const named = await this.get<StoredWorkflow[]>(`/workflows?filter=${filter}`);
		// n8n's filter finds names that contain this one, too.
		const same = named.find(({ name }) => name === workflow.name);
		return same
			? await this.patch(`/workflows/${same.id}?forceSave=true`, workflow)
			: await this.post('/workflows', { settings: {}, ...workflow, active: false });
	}

	/** A workflow as n8n has it. */
	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.get(`/workflows/${id}`);
	}

	/** Activates a workflow: its triggers work from now on. 2.x says "publish" for it. */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.switchTo(id, 'activate', { active: true, versionId });
	}

	/** Why triggers of a workflow could not be activated. A 2.x activates them only after it has answered, and says it here. */
	async refusedTriggers(id: string): Promise<string[]> {
		const { triggers } = await this.get<{ triggers: Array<{ errorMessage: string | null }> }>(
			`/workflows/${id}/publication-status`,
		);
		return triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
	}

	/** Deactivates a workflow: its triggers rest. */
	async deactivate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.switchTo(id, 'deactivate', { active: false, versionId });
	}

	/**
	 * Executes a workflow as "Execute workflow" in the editor does, and waits for its end.
	 *
	 * @param id - the workflow
	 * @param trigger - name of the trigger node to start from
	 */
	async run(id: string, trigger: string): Promise<Execution> {
		const body = { workflowData: await this.workflow(id), triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.post<{ executionId?: string }>(`/workflows/${id}/run`, body);
		if (!executionId)
			throw new Error(`The trigger "${trigger}" waits for a call from outside instead of running`);
		return await this.finished(executionId);
	}

	/** Stops an execution, as "Stop" in the editor's list of executions does. */
	async stop(executionId: string): Promise<void> {
		await this.post(`/executions/${executionId}/stop`, {});
	}

	/** Waits for the end of an execution. */
	async finished(executionId: string): Promise<Execution> {
		const look = async () => {
			const execution = await this.get<StoredExecution>(`/executions/${executionId}`);
			return !UNFINISHED.includes(execution.status) && readExecution(execution);
		};
		return await until(`the end of execution ${executionId}`, look, { withinMs: RUN_WITHIN_MS });
	}

	/**
	 * Waits until an execution waits for an answer from outside and n8n has stored all that it needs to go on. A message
	 * that asks for the answer leaves before that: whoever opens its link at once is answered with an error.
	 */
	async waiting(executionId: string): Promise<void> {
		const look = async () => {
			const execution = await this.get<StoredExecution>(`/executions/${executionId}`);
			return isWaiting(execution);
		};
		await until(`execution ${executionId} to wait for an answer`, look);
	}

	/** The IDs of a workflow's finished and unfinished executions, the newest first. */
	async executions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.get<{ results: Array<{ id: string; status: string }> }>(
			`/executions?filter=${filter}&limit=100`,
		);
		return results.map(({ id, status }) => ({ id, status }));
	}

	/** An early 1.x has no such action; there, it is a change of the workflow. */
	private async switchTo(
		id: string,
		action: 'activate' | 'deactivate',
		change: { active: boolean; versionId: string },
	): Promise<void> {
		const { versionId } = change;
		await this.post(`/workflows/${id}/${action}`, { versionId }).catch(async (error: unknown) => {
			if (!(error instanceof N8nRefusal) || error.status !== 404) return Promise.reject(error);
			return await this.patch(`/workflows/${id}`, change);
		});
	}

	private get<T>(path: string): Promise<T> {
		return this.rest('GET', path);
	}

	private post<T>(path: string, body: unknown): Promise<T> {
		return this.rest('POST', path, body);
	}

	private patch<T>(path: string, body: unknown): Promise<T> {
		return this.rest('PATCH', path, body);
	}

	/** Asks what its editor asks, below `/rest`; n8n wraps the answer in `data`. */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.request<{ data: T }>(method, `/rest${path}`, body);
		return answer.data;
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'browser-id': this.browserId,
				// n8n may close an idle connection just when it is used again.
				connection: 'close',
				cookie: this.cookie,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const answer = await response.text();
		if (!response.ok) throw new N8nRefusal(`${method} ${path}`, response.status, answer);
		this.keepCookies(response);
		return JSON.parse(answer) as T;
	}

	private keepCookies(response: Response): void {
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
	}
}
