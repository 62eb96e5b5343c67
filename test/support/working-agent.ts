// An agent at a console without a screen who takes what is offered and solves it, and goes on at another node when theirs dies.
import { setTimeout as sleep } from 'node:timers/promises';
import { Desktop, type Session } from './session';

/** What an agent was told: the ticket is theirs. */
export interface Taken { ticketId: string; agentId: string }

export class WorkingAgent {
  /** Every acceptance that was acknowledged. */
  readonly taken: Taken[] = [];
  /** The most capacity the desk ever showed in use, without what a customer's return put on top. */
  mostLoad = 0;
  private over = false;
  private desktop: Desktop | null = null;
  private readonly loop: Promise<void>;

  /** `nodes`: addresses of the nodes that may be up, the preferred one first. */
  constructor(private readonly session: Session, private readonly nodes: () => readonly string[]) {
    this.loop = this.work();
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.loop;
    this.desktop?.close();
  }

  private async work(): Promise<void> {
    while (!this.over) {
      await this.step().catch(() => this.elsewhere());
      await sleep(40);
    }
  }

  /** A connection to the first node that answers. */
  private async elsewhere(): Promise<void> {
    this.desktop?.close();
    this.desktop = null;
    for (const baseUrl of this.nodes()) {
      const found = await Desktop.open(this.session.at(baseUrl)).catch(() => null);
      if (!found) continue;
      this.desktop = found;
      return;
    }
  }

  private async step(): Promise<void> {
    const { desktop } = this;
    if (!desktop?.socket.connected || !desktop.desk) return this.elsewhere();
    const { desk } = desktop;
    if (!desk.over) this.mostLoad = Math.max(this.mostLoad, desk.load);
    if (desk.wrapUp) await desktop.session.ask('POST', '/desk/wrap-up', { body: {} });
    else if (desk.state !== 'available' && desk.state !== 'busy') await desktop.become('available');
    for (const offer of desk.offers) {
      const ticketId = await desktop.accept(offer).catch((error: unknown) => { if (!desktop.socket.connected) throw error; });
      if (ticketId) this.taken.push({ ticketId, agentId: this.session.me.account.id });
    }
    for (const { ticketId } of desktop.desk?.assigned ?? []) {
      const { status } = await desktop.session.ask('POST', `/tickets/${ticketId}/solve`, { body: { status: 'solved', disposition: 'solved' } });
      if (status >= 500) throw new Error(`solving answered ${status}`);
    }
  }
}
