import { testFirstLoads } from './fail-first-loads.ts';

testFirstLoads(3);
