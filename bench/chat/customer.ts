import { Visitor } from '../../test/support/visitor';
import type { House } from '../house';
import type { Conversation } from './drive';

let made = 0;

/** A widget on somebody's page that knows what it asked and what came back. */
export class Customer implements Conversation {
  /** Answers that came more than once. */
  doubled = 0;
  private readonly waiting = new Map<string, () => void>();
  private readonly heard = new Set<string>();
  private said = 0;

  private constructor(private readonly visitor: Visitor, private readonly name: string) {
    visitor.socket.on('message', ({ from, text }: { from: string; text: string }) => {
      visitor.heard.length = 0;
      if (from !== 'agent') return;
      if (this.heard.has(text)) this.doubled += 1;
      this.heard.add(text);
      this.waiting.get(text)?.();
      this.waiting.delete(text);
    });
  }

  static async open(house: House): Promise<Customer> {
    const name = `customer-${made++}`;
    return new Customer(await Visitor.open(house.server.node.baseUrl, { name }), name);
  }

  /** The first word: somebody has to take the conversation before it is answered. */
  async greet(): Promise<void> {
    await this.visitor.say(`${this.name}-hello`, 'Good morning, I have a question');
  }

  async ask(text: string, stored: () => void): Promise<void> {
    const answered = new Promise<void>((resolve) => void this.waiting.set(`re ${text}`, resolve));
    const acknowledged = this.visitor.say(`${this.name}-${String(this.said++).padStart(6, '0')}`, text).then(stored);
    await Promise.all([acknowledged, answered]);
  }

  close(): void {
    this.visitor.close();
  }
}
