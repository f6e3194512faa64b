// Participants by LiveKit's Go SDK (interop/go_client), all in one process: each carries out acts and tells what happens to it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { goClientBinary } from '../support/go.mjs';
import { until } from '../support/wait.mjs';

// Milliseconds of the machine's monotonic clock, as in `at` of the events.
export const monotonicNow = () => Number(process.hrtime.bigint()) / 1e6;

class GoParticipant {
  constructor(process, name) {
    Object.assign(this, { process, name, events: [] });
  }
  act(act, args) { return this.process.act(this.name, act, args); }

  // The events of this name that `accept`, so far.
  heard(name, accept = () => true) {
    return this.events.filter((one) => one.event === name && accept(one));
  }
  event(name, accept, timeout) {
    return until(() => this.heard(name, accept)[0], () => `${name} at ${this.name}, heard ${JSON.stringify(this.events.slice(-10))}`, timeout, 5);
  }
  state() { return this.act('state'); }
  received() { return this.act('received'); }
  async other(identity) { return (await this.state()).others[identity]; }
  leave() { return this.act('leave'); }
}

export function startGoClients() {
  const child = spawn(goClientBinary, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const people = new Map();
  const waiting = new Map();
  let commands = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, value, error, ...event } = JSON.parse(line);
    if (id === undefined) return people.get(event.who)?.events.push(event);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error === undefined ? resolve(value) : reject(new Error(error));
  });
  child.once('close', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the Go client ended with ${code}`));
  });
  const act = (who, name, args) => new Promise((resolve, reject) => {
    const id = ++commands;
    waiting.set(id, { resolve, reject });
    child.stdin.write(`${JSON.stringify({ id, who, act: name, args })}\n`);
  });

  return {
    act,
    // args: {url, token, single, publish, metadata, attributes}; `times` of the participant are {began, joined}.
    async join(name, args) {
      const who = new GoParticipant(this, `${name} ${people.size}`);
      people.set(who.name, who);
      who.times = await who.act('join', args);
      return who;
    },
    stop() {
      child.stdin.end();
      return new Promise((done) => (child.exitCode === null ? child.once('close', done) : done()));
    },
  };
}
