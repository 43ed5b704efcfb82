// What the contenders written here have in common as children of the bench: their settings, and saying that they listen.
import type { Server } from 'node:http';

export const settings = JSON.parse(process.argv[2]!) as { databaseUrl: string; jwksUrl: string };

export const readyAt = (server: Server): void => void process.send!({ url: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
