// One server process. `trunkline start` and compose run this; what it does is set by ROLES.
import { runProcess } from './app';

void runProcess();
