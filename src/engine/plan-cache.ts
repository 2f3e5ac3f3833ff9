import type { OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileOperation, type OperationSource } from './compile-operation.ts';
import { type Frame, frameFor, type Plan } from './plan.ts';

// An operation whose arguments decide its statement (other orders, filters of another shape) has a plan for each.
const PLANS_AN_OPERATION = 32;
// Characters of SQL, by which the memory of plans is reckoned.
const KEPT_CHARACTERS = 8 * 1024 * 1024;
// What a field with arguments keeps besides SQL, in characters.
const CALL_CHARACTERS = 500;

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
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_, { sql, calls }) => sql.length + calls.length * CALL_CHARACTERS + CALL_CHARACTERS,
    dispose: (siblings, plan) => {
      const index = siblings.indexOf(plan);
      if (index >= 0) siblings.splice(index, 1);
    },
  });

  /** A plan that serves this execution and its arguments. Throws what compileOperation throws. */
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
      const oldest = siblings[PLANS_AN_OPERATION];
      if (oldest) this.#owners.delete(oldest);
    };
    return { plan, frame, keep };
  }
}
