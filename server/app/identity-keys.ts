import { createPublicKey } from 'node:crypto';
import { channelEndpoints as api, type IdentityKeyRow } from '../../protocol';
import { audit } from '../access';
import { identityKind, identitySettings, type IdentityKey } from '../channels/webchat';
import { badInput, newSecret, problem, readSetting, route, writeSetting, type Ctx, type Route } from '../kernel';

const most = 2;
const keysOf = async (ctx: Ctx): Promise<IdentityKey[]> => (await readSetting(ctx.companyId, identityKind, identitySettings)).keys;
const rowOf = ({ id, algorithm, addedAt }: IdentityKey): IdentityKeyRow => ({ id, algorithm, addedAt });

function isEd25519(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** Keys with which a company's sites sign who a visitor is: at most two, secrets shown once. */
export const identityKeyRoutes: Route[] = [
  route(api.identityKeys, 'widget.manage', async (ctx) => ({ rows: (await keysOf(ctx)).map(rowOf) })),
  route(api.addIdentityKey, 'widget.manage', async (ctx, actor, { body }) => {
    const keys = await keysOf(ctx);
    if (keys.some(({ id }) => id === body.id)) throw problem('already-exists');
    if (keys.length >= most) throw badInput({ id: 'two keys are active already; end one first' });
    if (body.algorithm === 'EdDSA' && !isEd25519(body.publicKey ?? '')) throw badInput({ publicKey: 'must be an Ed25519 public key as PEM' });
    const secret = body.algorithm === 'HS256' ? newSecret() : null;
    const added: IdentityKey = { id: body.id, algorithm: body.algorithm, key: secret ?? body.publicKey ?? '', addedAt: new Date(ctx.clock.now()).toISOString() };
    await writeSetting(ctx.companyId, identityKind, { keys: [...keys, added] });
    await audit(ctx, actor, { action: 'identity-key.added', subject: { kind: 'settings', id: null, name: body.id }, after: { algorithm: body.algorithm } });
    return { ...rowOf(added), secret };
  }),
  route(api.removeIdentityKey, 'widget.manage', async (ctx, actor, { params }) => {
    const keys = await keysOf(ctx);
    if (!keys.some(({ id }) => id === params.key)) throw problem('not-found');
    await writeSetting(ctx.companyId, identityKind, { keys: keys.filter(({ id }) => id !== params.key) });
    await audit(ctx, actor, { action: 'identity-key.removed', subject: { kind: 'settings', id: null, name: params.key } });
    return {};
  }),
];
