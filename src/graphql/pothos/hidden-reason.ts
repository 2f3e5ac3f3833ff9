import type { PothosBuilder } from './pothos-builder.ts';

export type HiddenReasonRef = ReturnType<typeof hiddenReasonType>;

/** Adds HiddenReason: why the public does not see an article. */
export function hiddenReasonType(pothos: PothosBuilder) {
  return pothos.enumType('HiddenReason', {
    description: 'Why the public does not see an article.',
    values: {
      DRAFT: { description: 'A key such as `draft` or `published` says so.' },
      STATUS: { description: 'A key such as `status` names a state that is not public.' },
      FOLDER: { description: 'It is in a folder such as `drafts`, or its file name begins with `_`.' },
      SCHEDULED: { description: 'Its publication time is in the future.' },
      EXPIRED: { description: 'Its expiry time has passed.' },
      UNREADABLE: {
        description: 'A key that may hide it was not understood, or its body holds front matter.',
      },
    },
  });
}
