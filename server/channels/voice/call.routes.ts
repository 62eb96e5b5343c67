import type { Request, Response, Router } from 'express';
import type { CallRecord } from '../../../protocol';
import { badInput, problem } from '../../kernel';
import type { ChannelHost, HostFor } from '../channel';
import { readCdr } from './asterisk-cdr';
import type { VoiceSettings } from './settings';

const most = 5000;

/** Stores a call record once per (source, call id); resolves when it is safe. */
export const acceptCall = (host: ChannelHost, call: CallRecord): Promise<{ duplicate: boolean }> =>
  host.accept({ sourceId: `${call.source}:${call.callId}`, content: Buffer.from(JSON.stringify(call)), type: 'application/json' });

/** Asterisk's CDR lines as text: POST /api/calls/records/asterisk with an API key that may call.report. */
export function mountCallRoutes(router: Router, hostFor: HostFor): void {
  router.post('/api/calls/records/asterisk', async (request: Request, response: Response) => {
    const host = await hostFor(request, 'call.report');
    if (typeof request.body !== 'string') throw badInput({ body: 'send CDR lines as text/csv' });
    const { timeZone } = await host.settings<VoiceSettings>();
    const { calls, wrong } = readCdr(request.body, timeZone);
    if (calls.length === 0) throw badInput({ body: wrong.length > 0 ? `line ${wrong[0]} is no CDR line` : 'is empty' });
    if (calls.length > most) throw problem('too-large');
    let duplicates = 0;
    for (const call of calls) if ((await acceptCall(host, call)).duplicate) duplicates += 1;
    response.json({ accepted: calls.length, duplicates, wrong });
  });
}
