import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { median, type Entries } from '../entry.js';
import { Conversation } from './customer.js';
import { Product } from './product.js';

const LINKS = 200;
const CONNECTIONS = 10;
const REQUESTS = 1500;
const ROUNDS = 7;

/** Opening a link that has been opened before, against Express with one look-up in the same database. */
export async function linkResolving(): Promise<Entries> {
  const product = await Product.start();
  const runner = ['--conditions=source', '--import', './tests/support/typescript.mjs'];
  const express = fork('bench/product/express-server.ts', [await product.databaseUrl()], { execArgv: runner });
  try {
    const [{ port }] = (await once(express, 'message')) as [{ port: number }];
    const conversation = await Conversation.signIn(product.url, await product.agent());
    const codes = await Promise.all(Array.from({ length: LINKS }, () => conversation.askForRecording()));
    const [ours, theirs] = [`${product.url}/api/v1/links/open`, `http://localhost:${port}/links/open`];
    for (const code of codes) await post(`http://localhost:${port}/links`, { code, view: await post(ours, { code }) });
    for (const url of [ours, theirs]) await load(url, codes); // what asking set off ends meanwhile, and both get warm
    const rates: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push([await load(ours, codes), await load(theirs, codes)]);
    const [value, reference] = [median(rates.map(([own]) => own)), median(rates.map(([, other]) => other))];
    return { link_resolve_vs_express: { value, unit: 'links/s', reference, ratio: value / reference } };
  } finally {
    express.disconnect();
    await product.stop();
  }
}

async function load(url: string, codes: readonly string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const begun = performance.now();
  let sent = 0;
  const worker = async () => {
    while (sent < REQUESTS) await post(url, { code: codes[sent++ % codes.length]! }, agent);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
  return (REQUESTS * 1000) / (performance.now() - begun);
}

function post(url: string, body: object, agent?: Agent): Promise<object> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': someCustomer() };
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode! >= 300) reject(new Error(`${url} was answered ${response.statusCode}: ${text}`));
        else resolve(text ? (JSON.parse(text) as object) : {});
      });
    });
    sending.on('error', reject);
    sending.end(JSON.stringify(body));
  });
}

/** Links are opened by many people; one alone may not call this often. */
function someCustomer(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
}
