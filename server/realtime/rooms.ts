// Names of Socket.IO rooms. The company comes first, so that no room is shared by two.

/** Everybody of the company who is logged in. */
export const companyRoom = (companyId: string): string => `${companyId}:company`;
/** Everybody who has the live board open. */
export const boardRoom = (companyId: string): string => `${companyId}:board`;
/** Those who reach every ticket of the company. */
export const allRoom = (companyId: string): string => `${companyId}:all`;
export const ticketRoom = (companyId: string, ticketId: string): string => `${companyId}:ticket:${ticketId}`;
export const queueRoom = (companyId: string, queueId: string): string => `${companyId}:queue:${queueId}`;
export const accountRoom = (companyId: string, accountId: string): string => `${companyId}:account:${accountId}`;
