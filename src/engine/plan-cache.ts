import type { OperationDefinitionNode } from 'graphql';
import { compileOperation, type OperationSource } from './compile-operation.ts';
import { type Frame, frameFor, type Plan } from './plan.ts';

// An operation whose arguments decide its statement (other orders, filters of another shape) has a plan for each.
const PLANS_AN_OPERATION = 32;

/**
 * Keeps compiled plans by operation, public readers' and others' apart. A plan goes when its operation's document does:
 * the server's parser cache holds documents, so it is the bound.
 */
export class PlanCache {
  readonly #public = new WeakMap<OperationDefinitionNode, Plan[]>();
  readonly #full = new WeakMap<OperationDefinitionNode, Plan[]>();

  /** A plan that serves this execution and its arguments. Throws what compileOperation throws. */
  find(source: OperationSource): { plan: Plan; frame: Frame; compiled: boolean } {
    const cache = source.seesHidden ? this.#full : this.#public;
    const plans = cache.get(source.operation) ?? [];
    for (const plan of plans) {
      const frame = frameFor(plan, source.variables);
      if (frame) return { plan, frame, compiled: false };
    }
    const plan = compileOperation(source);
    const frame = frameFor(plan, source.variables);
    if (!frame) throw new Error('A plan does not serve the execution it was compiled for.');
    cache.set(source.operation, [plan, ...plans].slice(0, PLANS_AN_OPERATION));
    return { plan, frame, compiled: true };
  }
}
