/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { Client } from 'pg';
import { Problem } from '../n8n';

const HOST = '127.0.0.1';
const REDIS_PORT = 6379;
const POSTGRES = { host: HOST, port: 5432, user: 'postgres' };

const HOW = 'Start both with: docker compose -f test/queue/compose.yaml up -d --wait';

/** What queue mode runs on: a database of its own, and a prefix of its own in Redis. */
export interface Services {
	/** n8n's environment variables for them. */
	env: Record<string, string>;
	/** Drops the database. */
	close(): Promise<void>;
}

/**
 * Finds Redis and PostgreSQL at their standard ports on this machine and makes a database for one test run.
 *
 * @throws Problem with how to start them, where one is not there
 */
export async function openServices(): Promise<Services> {
	await pingRedis();
	const name = `juspay_queue_${randomBytes(4).toString('hex')}`;
	await inPostgres(`CREATE DATABASE ${name}`);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(REDIS_PORT),
			QUEUE_BULL_PREFIX: name,
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: POSTGRES.host,
			DB_POSTGRESDB_PORT: String(POSTGRES.port),
			DB_POSTGRESDB_USER: POSTGRES.user,
			DB_POSTGRESDB_DATABASE: name,
		},
		close: async () => await inPostgres(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
	};
}

async function inPostgres(statement: string): Promise<void> {
	const client = new Client({ ...POSTGRES, database: 'postgres', connectionTimeoutMillis: 5_000 });
	try {
		await client.connect();
		await client.query(statement);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return await Promise.reject(
			new Problem(`PostgreSQL at ${POSTGRES.host}:${POSTGRES.port}: ${why}. ${HOW}`),
		);
	} finally {
		await client.end();
	}
}

/** Says PING as redis-cli does, and waits for +PONG. */
function pingRedis(): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect(REDIS_PORT, HOST, () => socket.write('PING\r\n'));
		const end = (why?: string) => {
			socket.destroy();
			if (why === undefined) resolve();
			else reject(new Problem(`Redis at ${HOST}:${REDIS_PORT}: ${why}. ${HOW}`));
		};
		socket.setTimeout(5_000, () => end('no answer'));
		socket.on('error', ({ message }) => end(message));
		socket.on('data', (data) =>
			end(data.toString().startsWith('+PONG') ? undefined : 'answers, but not as Redis'),
		);
	});
}
