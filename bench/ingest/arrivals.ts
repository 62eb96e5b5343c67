import { setTimeout as pause } from 'node:timers/promises';
import { Desktop, people, Session } from '../../test/support/session';
import type { House } from '../house';

const patienceMs = 120_000;

/** What became of the mails: an agent at their console, and a look into the store. */
export class Arrivals {
  /** Tickets the agent's console was told about. */
  readonly told = new Set<string>();

  private constructor(private readonly house: House, private readonly desktop: Desktop) {
    desktop.socket.on('event', ({ name, data }: { name: string; data: { ticket?: { id: string } } }) => {
      desktop.events.length = 0;
      if (name === 'ticket.changed' && data.ticket) this.told.add(data.ticket.id);
    });
  }

  /** An agent of the queue who is logged in and takes work until their hands are full. */
  static async watch(house: House): Promise<Arrivals> {
    const desktop = await Desktop.open(await Session.logIn(house.server.node.baseUrl, people.ana, house.server.password));
    const arrivals = new Arrivals(house, desktop);
    desktop.socket.on('desk', () => void arrivals.takeOffers());
    await desktop.become('available');
    return arrivals;
  }

  /** Waits until every mail promised so far is a message whose ticket waits for an agent. */
  async settled(promised: number): Promise<void> {
    const end = performance.now() + patienceMs;
    // The agent is told last; only then the store is asked, so that asking costs it nothing while it works.
    while (this.told.size < promised && performance.now() < end) await pause(20);
    const { db, companyId } = this.house;
    while (performance.now() < end && (await db.collection('intakes').findOne({ companyId, state: 'stored' }, { projection: { _id: 1 } }))) await pause(200);
  }

  /** How many mails are nowhere or twice, how many tickets have no work item or were never told. */
  async judge(promised: readonly string[]): Promise<{ lost: number; doubled: number; idle: number; untold: number }> {
    const { db, companyId } = this.house;
    const counts = new Map<string, number>();
    const tickets = new Set<string>();
    for await (const row of db.collection('messages').find({ companyId, kind: 'customer' }).project({ externalId: 1, ticketId: 1 })) {
      counts.set(row['externalId'] as string, (counts.get(row['externalId'] as string) ?? 0) + 1);
      tickets.add(row['ticketId'] as string);
    }
    const working = new Set<string>();
    for await (const row of db.collection('interactions').find({ companyId }).project({ ticketId: 1 })) working.add(row['ticketId'] as string);
    return {
      lost: promised.filter((id) => !counts.has(id)).length, doubled: promised.filter((id) => (counts.get(id) ?? 0) > 1).length,
      idle: [...tickets].filter((id) => !working.has(id)).length, untold: [...tickets].filter((id) => !this.told.has(id)).length,
    };
  }

  close(): void {
    this.desktop.close();
  }

  private async takeOffers(): Promise<void> {
    // A late answer to an offer is refused; the next desk tells what is open.
    for (const offer of this.desktop.desk?.offers ?? []) await this.desktop.accept(offer).catch(() => undefined);
  }
}
