import { testFirstLoads } from './fail-first-loads.ts';

testFirstLoads(50);
