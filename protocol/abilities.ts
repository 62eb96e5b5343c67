/** Everything a role may allow. A role is a set of these; policies ask for them, never for a role's name. */
export const abilities = [
  'ticket.read', 'ticket.reply', 'ticket.note', 'ticket.open', 'ticket.assign', 'ticket.edit', 'ticket.solve', 'ticket.trash', 'ticket.spam', 'ticket.export',
  'work.take', 'work.requeue', 'work.reassign',
  'customer.read', 'customer.edit', 'customer.merge', 'customer.export', 'customer.erase',
  'article.read', 'article.write', 'article.publish', 'guide.write',
  'board.watch', 'agent.set-state', 'report.read',
  'account.read', 'account.manage', 'queue.manage', 'skill.manage', 'channel.manage', 'widget.manage', 'company.manage', 'api-key.manage', 'audit.read', 'event.read',
  'call.report', 'intake.post',
] as const;

export type Ability = (typeof abilities)[number];

/** How far an ability reaches: own tickets, those of the own team's queues, or all of the company. */
export type Scope = 'own' | 'team' | 'all';
