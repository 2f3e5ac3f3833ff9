import type { OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileOperation, type OperationSource } from './compile/compile-operation.ts';
import { type Frame, frameFor, type Plan } from './plan/plan.ts';

// An operation whose arguments decide its statement (other orders, filters of another shape) has a plan for each.
const MAX_PLANS_AN_OPERATION = 32;
const MAX_PLANS = 5_000;
/** Bytes that all plans may take together. */
const MAX_BYTES = 24 * 1024 * 1024;
// Measured: a plan's closures take some bytes a character of its SQL and of each field with arguments, and its nodes hold the
// whole document they are of.
const BYTES_A_SQL_CHARACTER = 8;
const BYTES_A_CALL = 1_200;
const BYTES_A_DOCUMENT_CHARACTER = 128;
const BYTES_A_PLAN = 700;

/** A plan for one execution. `keep` is called when it has proved itself, so that none is kept that cannot run. */
export interface FoundPlan {
  plan: Plan;
  frame: Frame;
  keep(): void;
}

/** Keeps compiled plans by operation, public readers' and others' apart; the least recently used go first. */
export class PlanCache {
  readonly #public = new WeakMap<OperationDefinitionNode, Plan[]>();
  readonly #full = new WeakMap<OperationDefinitionNode, Plan[]>();
  readonly #owners = new LRUCache<Plan, Plan[]>({
    max: MAX_PLANS,
    maxSize: MAX_BYTES,
    sizeCalculation: (_, plan) => sizeOf(plan),
    dispose: (siblings, plan) => {
      const index = siblings.indexOf(plan);
      if (index >= 0) siblings.splice(index, 1);
    },
  });

  /** A plan that serves this execution and its arguments. @throws what compileOperation throws */
  find(source: OperationSource): FoundPlan {
    const cache = source.seesHidden ? this.#full : this.#public;
    const plans = cache.get(source.operation) ?? [];
    for (const plan of plans) {
      const frame = frameFor(plan, source.variables);
      if (frame) return { plan, frame, keep: () => this.#owners.get(plan) };
    }
    const plan = compileOperation(source);
    const frame = frameFor(plan, source.variables);
    if (!frame) throw new Error('A plan does not serve the execution it was compiled for.');
    const keep = () => {
      const siblings = cache.get(source.operation) ?? [];
      cache.set(source.operation, siblings);
      siblings.unshift(plan);
      this.#owners.set(plan, siblings);
      const oldest = siblings[MAX_PLANS_AN_OPERATION];
      if (oldest) this.#owners.delete(oldest);
    };
    return { plan, frame, keep };
  }
}

/** Bytes that a plan keeps, about. */
function sizeOf({ sql, calls, root }: Plan): number {
  // Any node of the document tells its length; a plan without nodes keeps no document.
  const node = calls[0]?.node ?? root.introspection[0]?.nodes[0];
  const document = node?.loc?.source.body.length ?? 0;
  return (
    sql.length * BYTES_A_SQL_CHARACTER +
    calls.length * BYTES_A_CALL +
    document * BYTES_A_DOCUMENT_CHARACTER +
    BYTES_A_PLAN
  );
}
