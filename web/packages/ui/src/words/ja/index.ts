import type { Words } from '../languages.js';
import { app } from './app.js';
import { chat } from './chat.js';
import { errors } from './errors.js';
import { findings } from './findings.js';
import { gettingReady } from './getting_ready.js';
import { joining } from './joining.js';
import { order } from './order.js';
import { room } from './room.js';
import { sending } from './sending.js';
import { stage } from './stage.js';

export const words: Words = { ...app, ...gettingReady, ...joining, ...room, ...sending, chat, errors, findings, order, stage };
