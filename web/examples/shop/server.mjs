// The backend and the page of the shop, on one port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { backend, costage } from './backend.mjs';

const port = Number(process.env.PORT ?? 8080);
const page = readFileSync(new URL('page.html', import.meta.url), 'utf8').replaceAll('COSTAGE', costage);

const server = createServer((request, response) =>
  backend(request, response, () => {
    if (request.method !== 'GET' || request.url !== '/') return response.writeHead(404).end();
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  }),
);
server.listen(port, '127.0.0.1', () => console.log(`The shop is open: http://127.0.0.1:${server.address().port}`));
