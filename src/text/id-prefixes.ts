/** What the ids of each kind begin with, so that an id says of which kind it is. */
export const ID_PREFIX = {
  article: 'a_',
  provider: 'p_',
  topic: 't_',
  category: 'c_',
  image: 'i_',
  relatedLink: 'r_',
} as const;
