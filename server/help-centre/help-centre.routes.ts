import express, { type Request, type Response } from 'express';
import { ProblemError, problemDocument, type ContextFor, type RawRoutes } from '../kernel';
import { openArticle, voteOn } from '../knowledge';
import { answerGuide, beginGuide, guidePage, resumeGuide, stepPage } from './guide-pages';
import { html } from './html';
import { askLink, confirmPage, minePage, ownTicket, reachPage, signInPage, takeLetter, ticketPage } from './own-pages';
import { addressOf, page } from './page';
import type { HelpPorts } from './ports';
import { ratingPage, takeRating } from './rating-page';
import { endReminders, unsubscribePage } from './unsubscribe-page';
import { articlePage, homePage, reasons, searchPage, topicPage } from './read-pages';
import { signIn, staySeconds } from './sign-in';
import { sitemap } from './sitemap';
import { brandCookie, brandOf, keep, originOf, style, visitorOf, type Visitor } from './visit';
import { tongueOf } from './words';

type Answer = string | { to: string };
type Answering = (visitor: Visitor, form: Record<string, string>) => Promise<Answer> | Answer;
const reading = { points: 600, seconds: 60 };
const base = '/help/:tongue';

const param = ({ request }: Visitor, name: string): string => String(request.params[name] ?? '');
const to = ({ frame }: Visitor, path: string): Answer => ({ to: addressOf(frame.tongue, path) });
const texts = (input: unknown): Record<string, string> => Object.fromEntries(Object.entries(typeof input === 'object' && input !== null ? input : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

const pages: Record<string, Answering> = {
  '': (visitor) => homePage(visitor),
  '/search': (visitor) => searchPage(visitor, texts(visitor.request.query)),
  '/topics/:name': (visitor) => topicPage(visitor, param(visitor, 'name')),
  '/articles/:slug': (visitor) => articlePage(visitor, param(visitor, 'slug'), visitor.request.query['thanks'] !== undefined),
  '/guides/:id': (visitor) => guidePage(visitor, param(visitor, 'id')),
  '/guide': (visitor) => stepPage(visitor, visitor.request.query['wrong'] !== undefined),
  '/reach': (visitor) => reachPage(visitor, visitor.request.query['sent'] === undefined ? 'new' : 'sent'),
  '/rate/:token': (visitor) => ratingPage(visitor, param(visitor, 'token'), visitor.request.query['thanks'] !== undefined),
  '/unsubscribe/:token': (visitor) => unsubscribePage(visitor, param(visitor, 'token')),
  '/sign-in/:token': (visitor) => confirmPage(visitor, param(visitor, 'token')),
  '/mine': (visitor) => (visitor.customer && visitor.request.query['expired'] === undefined ? minePage(visitor, visitor.customer.id) : signInPage(visitor, visitor.request.query['sent'] === undefined ? (visitor.request.query['expired'] === undefined ? 'new' : 'expired') : 'sent')),
  '/mine/:number': async (visitor) => (visitor.customer ? ticketPage(visitor, await ownTicket(visitor, visitor.customer.id, Number(param(visitor, 'number')))) : to(visitor, '/mine')),
};

const posts: Record<string, Answering> = {
  '/search': (visitor, form) => searchPage(visitor, form, true),
  '/articles/:slug/votes': async (visitor, form) => {
    const article = await openArticle(visitor.ctx, param(visitor, 'slug'), visitor.reader);
    await visitor.ctx.limits.take('article-vote', visitor.request.ip ?? 'unknown', { points: 30, seconds: 3600 });
    const reason = form['helpful'] === 'yes' ? undefined : reasons.find((one) => one === form['reason']);
    if (article) await voteOn(visitor.ctx, article._id, { helpful: form['helpful'] === 'yes', comment: (form['comment'] ?? '').slice(0, 1000), session: visitor.session, front: 'help-centre', ...visitor.reader, ...(reason ? { reason } : {}) });
    return to(visitor, `/articles/${encodeURIComponent(param(visitor, 'slug'))}?thanks`);
  },
  '/guides/:id': async (visitor) => {
    await beginGuide(visitor, param(visitor, 'id'));
    return to(visitor, '/guide');
  },
  '/guide/resume': async (visitor, form) => {
    await resumeGuide(visitor, form['code'] ?? '');
    return to(visitor, '/guide');
  },
  '/guide': async (visitor, form) => to(visitor, (await answerGuide(visitor, form)) === 'ok' ? '/guide' : '/guide?wrong'),
  '/reach': async (visitor, form) => ((await takeLetter(visitor, form)) === 'sent' ? to(visitor, '/reach?sent') : reachPage(visitor, 'wrong')),
  '/sign-in': async (visitor, form) => {
    await askLink(visitor, form['email'] ?? '');
    return to(visitor, '/mine?sent');
  },
  '/sign-in/:token': async (visitor) => {
    keep(visitor, { name: 'tl_me', value: await signIn(visitor.ctx, param(visitor, 'token')), seconds: staySeconds });
    return to(visitor, '/mine');
  },
  '/unsubscribe/:token': (visitor) => endReminders(visitor, param(visitor, 'token')),
  '/rate/:token': async (visitor, form) => {
    await takeRating(visitor, param(visitor, 'token'), form);
    return to(visitor, `/rate/${param(visitor, 'token')}?thanks`);
  },
  '/sign-out': (visitor) => {
    keep(visitor, { name: 'tl_me', value: '', seconds: 0 });
    return to(visitor, '');
  },
  '/mine/:number': async (visitor, form) => {
    if (!visitor.customer) return to(visitor, '/mine');
    const ticket = await ownTicket(visitor, visitor.customer.id, Number(param(visitor, 'number')));
    const text = (form['message'] ?? '').trim().slice(0, 20_000);
    if (text !== '') await visitor.ports.take(visitor.ctx, { email: visitor.customer.email, verified: true, name: '', subject: ticket.subject, text, locale: visitor.frame.tongue, ticketId: ticket._id, queueId: visitor.frame.brand.queueId, attributes: {}, sourceId: `help:${(form['id'] ?? '').slice(0, 40)}` });
    return to(visitor, `/mine/${ticket.number}`);
  },
};

/** The public help centre: pages written by the server, forms without scripts. */
export function helpCentreRoutes(ports: HelpPorts): RawRoutes {
  return {
    mount(router, contextFor) {
      router.get('/help/style.css', (_request, response) => void response.type('css').setHeader('Cache-Control', 'public, max-age=31536000, immutable').send(style));
      const faceOf = async (request: Request) => {
        const ctx = await contextFor(request);
        const brand = await brandOf(ctx, ports, request);
        return { ctx, brand, origin: originOf(ctx, brand, request) };
      };
      router.get('/help/sitemap.xml', async (request, response) => {
        const { ctx, brand, origin } = await faceOf(request);
        response.type('xml').send(await sitemap(ctx, origin, brand.id));
      });
      router.get('/robots.txt', async (request, response) => void response.type('text').send(`User-agent: *\nAllow: /help/\nDisallow: /\nSitemap: ${(await faceOf(request)).origin}/help/sitemap.xml\n`));
      router.get('/help', async (request, response) => response.redirect(302, addressOf(tongueOf(undefined, request.headers['accept-language'], (await faceOf(request)).brand.locale), '')));
      router.get('/help/@:brand', async (request, response) => {
        const { ctx } = await faceOf(request);
        keep({ ctx, response }, { name: brandCookie, value: String(request.params['brand']).slice(0, 40) });
        response.redirect(302, '/help');
      });
      for (const [path, answering] of Object.entries(pages)) router.get(base + path, serve(ports, contextFor, answering));
      const form = express.urlencoded({ extended: false, limit: '128kb' });
      for (const [path, answering] of Object.entries(posts)) router.post(base + path, form, serve(ports, contextFor, answering));
      router.get(`${base}/*splat`, serve(ports, contextFor, (visitor) => failed(visitor, 404)));
    },
  };
}

function serve(ports: HelpPorts, contextFor: ContextFor, answering: Answering) {
  return async (request: Request, response: Response): Promise<void> => {
    const ctx = await contextFor(request);
    const visitor = await visitorOf(ctx, ports, { request, response });
    await ctx.limits.take('help-centre', request.ip ?? 'unknown', reading);
    response.setHeader('Cache-Control', 'private, no-cache');
    const answer = await Promise.resolve(answering(visitor, texts(request.body))).catch((error: unknown) => refused(visitor, error));
    if (typeof answer === 'string') response.type('html').send(answer);
    else response.redirect(303, answer.to);
  };
}

function refused(visitor: Visitor, error: unknown): Answer {
  if (!(error instanceof ProblemError)) throw error;
  if (error.code === 'link-expired') return to(visitor, '/mine?expired');
  return failed(visitor, problemDocument(error).status);
}

/** A page that says what went wrong, with the way on. */
function failed(visitor: Visitor, status: number): string {
  const { frame, response } = visitor;
  response.status(status);
  const title = frame.t(status === 429 ? 'too-many' : 'nowhere');
  return page(frame, { path: '', title, hidden: true, body: html`<h1>${title}</h1><p><a href="${addressOf(frame.tongue, '')}">${frame.t('help')}</a></p>` });
}

