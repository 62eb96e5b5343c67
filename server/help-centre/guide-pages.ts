import type { GuideAnswer, GuideView } from '../../protocol';
import { problem, ProblemError } from '../kernel';
import { answerRun, noteRead, publicGuides, resumeRun, rewindRun, runById, runOfToken, say, startRun, tokenOf, viewOf, type GuideRunDoc } from '../knowledge';
import { html, Safe, trusted } from './html';
import { addressOf, page } from './page';
import { keep, type Visitor } from './visit';

const cookie = 'tl_run';

/** What a guide is about, with the button that begins it. */
export async function guidePage({ ctx, frame }: Visitor, id: string): Promise<string> {
  const { t, tongue } = frame;
  const found = (await publicGuides(ctx.companyId, frame.brand.id)).find(({ guide }) => guide._id === id);
  if (!found) throw problem('not-found');
  const title = say(found.graph.title, tongue);
  const body = html`<p class="where"><a href="${addressOf(tongue, '')}">${t('help')}</a></p><h1>${title}</h1><p>${say(found.graph.about, tongue)}</p><form method="post" action="${addressOf(tongue, `/guides/${id}`)}"><button>${t('begin')}</button></form>`;
  const steps = found.graph.nodes.filter((node) => node.kind === 'guidance').map((node) => ({ '@type': 'HowToStep', name: say(node.title, tongue), text: say(node.body, tongue).replace(/[*_#>`]+/g, '') }));
  return page(frame, { path: `/guides/${id}`, title, about: say(found.graph.about, tongue), body, alternates: found.graph.locales, data: [{ '@context': 'https://schema.org', '@type': 'HowTo', name: title, step: steps }] });
}

/** Begins a guide; the reader's browser keeps the run. */
export async function beginGuide(visitor: Visitor, guideId: string): Promise<void> {
  const { ctx, frame, session } = visitor;
  const view = await startRun(ctx, { guideId, locale: frame.tongue, front: 'help-centre', brandId: frame.brand.id, session });
  await noteRead(ctx, { session, front: 'help-centre', locale: frame.tongue }, guideId);
  keep(visitor, { name: cookie, value: tokenOf(ctx, view.runId), seconds: 86_400 });
}

/** Goes on with a run from elsewhere. Throws link-expired. */
export async function resumeGuide(visitor: Visitor, code: string): Promise<void> {
  await visitor.ctx.limits.take('guide-resume', visitor.request.ip ?? 'unknown', { points: 10, seconds: 600 });
  const view = await resumeRun(visitor.ctx, code.replace(/\D/g, ''), { front: 'help-centre', brandId: visitor.reader.brandId });
  keep(visitor, { name: cookie, value: tokenOf(visitor.ctx, view.runId), seconds: 86_400 });
}

/** Token of the run this browser is in, to go along with what the reader writes. */
export const runToken = ({ cookies }: Visitor): string => cookies[cookie] ?? '';

async function runOf(visitor: Visitor): Promise<GuideRunDoc> {
  const id = runOfToken(visitor.ctx, runToken(visitor));
  const run = id ? await runById(visitor.ctx.companyId, id) : null;
  if (!run) throw problem('not-found');
  return run;
}

/** Takes an answer, or the way back, from a form. What is wrong is said on the page. */
export async function answerGuide(visitor: Visitor, form: Record<string, string>): Promise<'ok' | 'wrong'> {
  const run = await runOf(visitor);
  if (form['back'] !== undefined) {
    await rewindRun(visitor.ctx, run, run.steps.filter((step) => !step.dropped).length - 1);
    return 'ok';
  }
  const answer = (form['answer'] ?? form['typed'] ?? '').trim().slice(0, 2000);
  if (answer === '') return 'wrong';
  const more = Object.fromEntries(Object.entries({ address: form['address']?.trim().slice(0, 254), text: form['text']?.slice(0, 20_000), name: form['name']?.slice(0, 200) }).filter(([, value]) => value));
  const input: GuideAnswer = { nodeId: form['node'] ?? '', answer, ...more };
  try {
    await answerRun(visitor.ctx, run, { input, walker: { front: 'help-centre', by: 'customer' } });
    return 'ok';
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'bad-input') return 'wrong';
    throw error;
  }
}

/** The step in hand as a plain form. */
export async function stepPage(visitor: Visitor, wrong: boolean): Promise<string> {
  const { frame } = visitor;
  const { t, tongue } = frame;
  const view = await viewOf(visitor.ctx, await runOf(visitor), tongue);
  const { step, path } = view;
  const action = addressOf(tongue, '/guide');
  const body = html`<p class="where"><bdi>${view.title}</bdi></p><h1 dir="auto">${step.title}</h1><div class="prose" dir="auto">${trusted(step.html)}</div>
${(step.unsure || wrong) && html`<p class="fault" role="alert">${t(wrong ? 'wrong' : 'unsure')}</p>`}
${step.entry !== 'none' && entryForm(visitor, view)}
${step.choices.length > 0 && html`<form class="answers" method="post" action="${action}"><input type="hidden" name="node" value="${step.nodeId}">${step.choices.map((choice) => html`<button class="plain wide" name="answer" value="${choice.answer}">${choice.label}</button>`)}</form>`}
<div class="row">${path.length > 0 && view.state === 'running' && html`<form method="post" action="${action}"><button class="link" name="back" value="1">${t('back')}</button></form>`}${view.state !== 'solved' && html`<a href="${addressOf(tongue, '/reach')}">${t('person')}</a>`}</div>
${path.length > 0 && html`<details><summary>${t('steps')}</summary><ol class="path">${path.map((one) => html`<li>${one.title}: <strong>${one.said}</strong></li>`)}</ol></details>`}
${view.code !== '' && html`<p class="quiet">${t('code', { code: `${view.code.slice(0, 4)} ${view.code.slice(4)}` })}</p>`}`;
  return page(frame, { path: '/guide', title: step.title || view.title, body, hidden: true });
}

function entryForm({ frame: { t, tongue } }: Visitor, { step }: GuideView): Safe {
  const open = html`<input type="hidden" name="node" value="${step.nodeId}">`;
  const action = addressOf(tongue, '/guide');
  if (step.entry === 'ticket') return html`<form method="post" action="${action}">${open}<input type="hidden" name="answer" value="done"><div class="field"><label for="address">${t('email')}</label><input id="address" name="address" type="email" required maxlength="254" autocomplete="email"></div><div class="field"><label for="text">${t('message')}</label><textarea id="text" name="text" rows="5" maxlength="20000"></textarea></div><button>${t('send')}</button></form>`;
  if (step.entry === 'call-back') return html`<form method="post" action="${action}">${open}<input type="hidden" name="answer" value="done"><div class="field"><label for="address">${t('phone')}</label><input id="address" name="address" type="tel" required maxlength="30" autocomplete="tel"></div><button>${t('send')}</button></form>`;
  return html`<form method="post" action="${action}">${open}<div class="field"><label for="typed">${t('answer')}</label><input id="typed" name="typed" required maxlength="500" dir="auto"${step.entry === 'number' ? html` inputmode="decimal"` : ''}></div><button>${t('next')}</button></form>`;
}
