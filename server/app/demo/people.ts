/** The people of the demo company. Passwords are made on first start and printed once. */
export const demoPeople = [
  { name: 'Ana Pereira', email: 'ana@demo.trunkline.localhost', roles: ['agent'], queues: ['Support', 'Billing'], skills: { English: 5, Korean: 1, Technical: 3 } },
  { name: 'Kim Min-jun', email: 'minjun@demo.trunkline.localhost', roles: ['agent'], queues: ['Support', 'Sales'], skills: { English: 4, Korean: 5, Technical: 4 } },
  { name: 'Li Wei', email: 'wei@demo.trunkline.localhost', roles: ['agent', 'author'], queues: ['Support'], skills: { English: 4, Chinese: 5, Technical: 5 } },
  { name: 'Sato Yui', email: 'yui@demo.trunkline.localhost', roles: ['agent'], queues: ['Billing', 'Sales'], skills: { English: 4, Japanese: 5, Billing: 4 } },
  { name: 'Maria Silva', email: 'maria@demo.trunkline.localhost', roles: ['supervisor'], queues: ['Support', 'Billing', 'Sales'], skills: { English: 5, Billing: 3, Technical: 3 } },
  { name: 'Jonas Weber', email: 'jonas@demo.trunkline.localhost', roles: ['administrator'], queues: [], skills: {} },
] as const;

export const demoSkills = ['English', 'Korean', 'Chinese', 'Japanese', 'Technical', 'Billing'] as const;

export const demoQueues = [
  { name: 'Support', wrapUp: { mode: 'none' as const, seconds: 60, dispositionRequired: false } },
  { name: 'Billing', wrapUp: { mode: 'timed' as const, seconds: 60, dispositionRequired: false } },
  { name: 'Sales', wrapUp: { mode: 'none' as const, seconds: 60, dispositionRequired: false } },
];

export const demoMailboxes = [
  { address: 'support@demo.trunkline.localhost', name: 'Demo Support', queue: 'Support' },
  { address: 'billing@demo.trunkline.localhost', name: 'Demo Billing', queue: 'Billing' },
] as const;
