import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { upperFirst } from '../../model/own-names.ts';

const [kind] = sharedKinds;

/** A query that GraphiQL opens in a tab of its own; the tab takes the operation's name. */
export interface ExampleQuery {
  query: string;
  variables?: Record<string, unknown>;
}

/** The tour of the API, in the order of the tabs. A test runs each against the schema. */
export const exampleQueries: readonly ExampleQuery[] = [
  {
    query: `# Press the play button, or Ctrl-Enter. Each tab above is one way to use this API.
query LatestArticles {
  articles(first: 5) {
    totalCount
    edges {
      node {
        title
        excerpt
        publishedAt
        provider { name domain }
        ${kind.many} { name }
        images { url width height }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# As deep as you like: it is still one SQL statement.
query NestedAnswer {
  articles(first: 3) {
    edges {
      node {
        title
        provider {
          name
          articles(first: 3) { edges { node { title } } }
        }
        ${kind.many} { name }
        images { url width height }
        related {
          title
          provider { name }
          images { url }
          article { slug title }
        }
      }
    }
  }
}
`,
  },
  {
    query: `query ${upperFirst(kind.many)}AndTheirNewest($per${kind.type}: Int!) {
  ${kind.many}(first: 10) {
    edges {
      node {
        name
        slug
        articles(first: $per${kind.type}) {
          totalCount
          edges { node { title publishedAt } }
        }
      }
    }
  }
}
`,
    variables: { [`per${kind.type}`]: 2 },
  },
  {
    query: `query ProvidersAndTheirNewest {
  providers(first: 10) {
    edges {
      node {
        name
        domain
        articles(first: 3) { edges { node { title webUrl } } }
      }
    }
  }
}
`,
  },
  {
    query: `# Which article links to which, both ways.
query LinksBothWays {
  articles(first: 10) {
    edges {
      node {
        title
        related { title webUrl article { title } }
        referencedBy(first: 5) { edges { node { title } } }
      }
    }
  }
}
`,
  },
  {
    query: `query ContentVersion {
  contentVersion { number digest syncedAt }
}
`,
  },
];
