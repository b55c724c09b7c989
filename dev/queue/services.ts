import { randomBytes } from 'node:crypto';
import Redis from 'ioredis';
import { Client } from 'pg';
import { Problem } from '../n8n';

const HOST = '127.0.0.1';
const REDIS_PORT = 6379;
const POSTGRES = { host: HOST, port: 5432, user: 'postgres' };

const HOW = 'Start both with: docker compose -f dev/queue/compose.yaml up -d --wait';

/** What queue mode runs on: a database of its own, and a prefix of its own in Redis. */
interface Services {
	/** n8n's environment variables for them. */
	env: Record<string, string>;
	/** Drops the database, and what is in Redis. */
	close(): Promise<void>;
}

/**
 * Finds Redis and PostgreSQL at their standard ports on this machine and makes a database for one test run.
 *
 * @throws Problem with how to start them, where one is not there
 */
export async function openServices(): Promise<Services> {
	await inRedis(async (redis) => await redis.ping());
	const name = `juspay_queue_${randomBytes(4).toString('hex')}`;
	await inPostgres(`CREATE DATABASE ${name}`);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(REDIS_PORT),
			QUEUE_BULL_PREFIX: name,
			// n8n keeps the addresses of webhooks there too: without it, those of another run would be in the way.
			N8N_REDIS_KEY_PREFIX: name,
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: POSTGRES.host,
			DB_POSTGRESDB_PORT: String(POSTGRES.port),
			DB_POSTGRESDB_USER: POSTGRES.user,
			DB_POSTGRESDB_DATABASE: name,
		},
		close: async () => {
			await inPostgres(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			await inRedis(async (redis) => await deleteKeys(redis, name));
		},
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

async function inRedis(work: (redis: Redis) => Promise<unknown>): Promise<void> {
	const redis = new Redis({
		host: HOST,
		port: REDIS_PORT,
		lazyConnect: true,
		retryStrategy: () => null,
	});
	// Why there is no connection is said here; the call itself only says that there is none.
	let reason: unknown;
	redis.on('error', (error) => (reason = error));
	try {
		await redis.connect();
		await work(redis);
	} catch (thrown) {
		const error = reason ?? thrown;
		const why = error instanceof Error ? error.message : String(error);
		return await Promise.reject(new Problem(`Redis at ${HOST}:${REDIS_PORT}: ${why}. ${HOW}`));
	} finally {
		redis.disconnect();
	}
}

async function deleteKeys(redis: Redis, prefix: string): Promise<void> {
	for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
		if (keys.length > 0) await redis.unlink(keys);
	}
}
