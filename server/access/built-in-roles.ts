import { abilities, type Ability, type Scope } from '../../protocol';

/** What a role allows. */
export interface RolePower {
  abilities: readonly Ability[];
  scope: Scope;
}

const agent: Ability[] = [
  'ticket.read', 'ticket.reply', 'ticket.note', 'ticket.open', 'ticket.assign', 'ticket.edit', 'ticket.solve', 'ticket.spam',
  'work.take', 'work.requeue', 'customer.read', 'customer.edit', 'article.read', 'article.write', 'account.read',
];

/** Name of the one role that allows everything and cannot be changed. */
export const administratorRole = 'administrator';

/** The roles shipped with Trunkline; a company may change what all but the administrator's allow. */
export const builtInRoles: Readonly<Record<string, RolePower>> = {
  agent: { abilities: agent, scope: 'team' },
  supervisor: {
    abilities: [...agent, 'ticket.trash', 'ticket.export', 'work.reassign', 'customer.merge', 'customer.export', 'board.watch', 'agent.set-state', 'report.read', 'queue.manage', 'skill.manage', 'event.read'],
    scope: 'all',
  },
  author: { abilities: ['ticket.read', 'ticket.note', 'customer.read', 'article.read', 'article.write', 'article.publish', 'guide.write', 'report.read', 'account.read'], scope: 'all' },
  technician: { abilities: ['ticket.read', 'ticket.reply', 'ticket.note', 'ticket.solve', 'work.take', 'work.requeue', 'customer.read', 'article.read', 'account.read'], scope: 'own' },
  [administratorRole]: { abilities, scope: 'all' },
};
