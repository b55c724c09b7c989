/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
/** The program of {@link startFrontProcess}: a front, and beside it a port to ask what it has seen. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { readCertificate } from './certificate';
import { startFront } from './front';

interface Options {
	key: string;
	cert: string;
	target: string;
	port: string;
	controlPort: string;
	roundTrip: string;
}

async function main(): Promise<void> {
	const { key, cert, target, port, controlPort, roundTrip } = new Command('front')
		.description('TLS and a distance in front of a server on this machine')
		.requiredOption('--key <file>', 'private key')
		.requiredOption('--cert <file>', 'certificate')
		.requiredOption('--target <port>', 'the server behind it')
		.requiredOption('--port <number>', 'port to listen on')
		.requiredOption('--control-port <number>', 'port that tells what it has seen')
		.requiredOption('--round-trip <ms>', 'milliseconds of a round trip')
		.parse()
		.opts<Options>();
	const front = await startFront({
		certificate: await readCertificate(key, cert),
		target: Number(target),
		port: Number(port),
		roundTripMs: Number(roundTrip),
	});
	createServer((request, response) => {
		void text(request).then((body) => {
			if (request.method === 'PUT') front.configure(Number(body));
			response.setHeader('content-type', 'application/json').end(JSON.stringify(front.traffic()));
		});
	}).listen(Number(controlPort), '127.0.0.1');
}

void main();
