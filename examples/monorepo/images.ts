import { service } from './service.ts';

export const users = service('users', 3001);
export const orders = service('orders', 3002);
export const mail = service('mail', 3003);
