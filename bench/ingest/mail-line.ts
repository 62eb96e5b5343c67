import { paced, type House } from '../house';
import { makeMail, type MailKind } from './mails';
import { SmtpSender } from './smtp-sender';

/** Sends mails to a house over connections that stay open, and knows what was promised. */
export class MailLine {
  /** Message-IDs that got their "250". */
  readonly promised: string[] = [];
  private next = 0;
  private free: SmtpSender[] = [];
  private readonly all: SmtpSender[] = [];

  constructor(private readonly house: House) {}

  /** As fast as so many connections allow, until the number is sent or the time is over; answers mails per second. */
  async flood({ total, atOnce, kind, forMs = Infinity }: { total: number; atOnce: number; kind: MailKind; forMs?: number }): Promise<number> {
    const begin = performance.now();
    let left = total;
    let sent = 0;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      while (left-- > 0 && performance.now() - begin < forMs) {
        await this.one(kind);
        sent += 1;
      }
    }));
    return (sent * 1000) / (performance.now() - begin);
  }

  /** So many a second; answers the milliseconds each waited for its "250". */
  async steady({ total, perSecond, kind }: { total: number; perSecond: number; kind: MailKind }): Promise<number[]> {
    const times: number[] = [];
    const failed = await paced({ total, perSecond }, async () => void times.push(await this.one(kind)));
    if (failed[0]) throw failed[0];
    return times;
  }

  close(): void {
    for (const sender of this.all) sender.close();
  }

  private async one(kind: MailKind): Promise<number> {
    this.free = this.free.filter((each) => !each.ended);
    const sender = this.free.pop() ?? await this.another();
    const mail = makeMail(kind, this.next++);
    const ms = await sender.send(mail);
    this.promised.push(mail.messageId);
    this.free.push(sender);
    return ms;
  }

  private async another(): Promise<SmtpSender> {
    const sender = await SmtpSender.open(this.house.server.node.smtpPort);
    this.all.push(sender);
    return sender;
  }
}
