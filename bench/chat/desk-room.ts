import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../harness';
import type { House } from '../house';
import { AnsweringAgent } from './answering-agent';
import { Customer } from './customer';
import { hire } from './staff';

const CHATS_EACH = 3;
const patienceMs = 120_000;
const agentsAtOnce = 5;

/** Widgets that are connected; many from one address, which the limit against abuse would refuse. */
export async function openWidgets(b: Bench, house: House, count: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  const atOnce = 25;
  while (customers.length < count) {
    const counted = await house.redis.keys('limit:widget-open*');
    if (counted.length > 0) await house.redis.del(counted);
    customers.push(...(await Promise.all(Array.from({ length: Math.min(atOnce, count - customers.length) }, () => Customer.open(house)))));
    b.progress(`${customers.length} of ${count} widgets connected`);
  }
  b.atEnd(() => customers.forEach((customer) => customer.close()));
  return customers;
}

/** So many agents at their consoles. */
export async function openAgents(b: Bench, house: House, count: number): Promise<AnsweringAgent[]> {
  b.progress(`${count} agents log in`);
  const agents: AnsweringAgent[] = [];
  const logIns = await hire(house, count);
  while (agents.length < count) agents.push(...(await Promise.all(logIns.slice(agents.length, agents.length + agentsAtOnce).map((logIn) => AnsweringAgent.open(house, logIn)))));
  b.atEnd(() => agents.forEach((agent) => agent.close()));
  return agents;
}

/** Lets as many customers as the agents can serve begin a conversation, and waits until each has somebody. */
export async function seat(b: Bench, customers: readonly Customer[], agents: readonly AnsweringAgent[]): Promise<Customer[]> {
  const seated = customers.slice(0, agents.length * CHATS_EACH);
  b.progress(`${seated.length} conversations begin`);
  for (let n = 0; n < seated.length; n += 10) await Promise.all(seated.slice(n, n + 10).map((customer) => customer.greet()));
  const end = performance.now() + patienceMs;
  const served = (): number => agents.reduce((sum, agent) => sum + agent.busyWith, 0);
  while (served() < seated.length) {
    if (performance.now() > end) throw new Error(`only ${served()} of ${seated.length} conversations found an agent`);
    await pause(50);
  }
  return seated;
}
