import type { Ability, ApiKey } from '../../protocol';
import { newId, problem, type Actor, type Ctx } from '../kernel';
import { demandPower } from './account.policy';
import { settingsChanged } from './announce';
import { ApiKeyModel, presentApiKey, type ApiKeyDoc } from './api-key.model';
import { audit } from './audit.model';
import { hashOf, newToken } from './tokens';

/** Makes a key for a machine; the secret is answered only now. Throws not-allowed for abilities the actor does not hold. */
export async function addApiKey(ctx: Ctx, actor: Actor, { name, abilities }: { name: string; abilities: Ability[] }): Promise<{ apiKey: ApiKey; secret: string }> {
  demandPower(actor, { abilities, scope: 'all' });
  const secret = `tlk_${newToken(ctx.companyId)}`;
  const id = newId();
  const event = settingsChanged(ctx, actor, { kind: 'api-keys', subject: id });
  const key: ApiKeyDoc = {
    _id: id, companyId: ctx.companyId, name, abilities: [...new Set(abilities)], tokenHash: hashOf(secret), prefix: secret.slice(0, 10),
    createdAt: new Date(ctx.clock.now()), lastUsedAt: null, endedAt: null, pending: [event],
  };
  await ApiKeyModel.create(key);
  await ctx.relay.publish({ collection: 'apikeys', companyId: ctx.companyId, id }, [event]);
  await audit(ctx, actor, { action: 'api-key.added', subject: { kind: 'api-key', id, name }, after: { abilities: key.abilities } });
  return { apiKey: presentApiKey(key), secret };
}

/** Revokes a key. Throws not-found. */
export async function endApiKey(ctx: Ctx, actor: Actor, { id }: { id: string }): Promise<void> {
  const event = settingsChanged(ctx, actor, { kind: 'api-keys', subject: id });
  const key = await ApiKeyModel.findOneAndUpdate({ companyId: ctx.companyId, _id: id, endedAt: null }, { $set: { endedAt: new Date(ctx.clock.now()) }, $push: { pending: event } }, { returnDocument: 'after' }).lean<ApiKeyDoc>();
  if (!key) throw problem('not-found');
  await ctx.relay.publish({ collection: 'apikeys', companyId: ctx.companyId, id }, [event]);
  await audit(ctx, actor, { action: 'api-key.ended', subject: { kind: 'api-key', id, name: key.name } });
}
