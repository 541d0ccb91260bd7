// What a page of Relay asks: a connection that pages, fragments that are asked again by global id, the node of any kind,
// a subscription.
import { graphql } from 'relay-runtime';

export const list = graphql`
  query TrialsListQuery($count: Int!, $cursor: String, $filter: TrialFilter) {
    ...Trials_list @arguments(count: $count, cursor: $cursor, filter: $filter)
  }
`;

export const page = graphql`
  fragment Trials_list on Query
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
    filter: { type: "TrialFilter" }
  )
  @refetchable(queryName: "TrialsPageQuery") {
    trials(first: $count, after: $cursor, filter: $filter) @connection(key: "Trials_trials", filters: ["filter"]) {
      totalCount
      edges {
        node {
          ...Trials_row
        }
      }
    }
  }
`;

export const row = graphql`
  fragment Trials_row on Trial @refetchable(queryName: "TrialsRowQuery") {
    id
    title
    status
    startDate
    targets {
      target {
        id
        label
      }
    }
  }
`;

export const node = graphql`
  query TrialsNodeQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...Trials_row @alias(as: "trial")
      ... on Target {
        label
      }
    }
  }
`;

export const live = graphql`
  subscription TrialsLiveSubscription {
    releaseChanged {
      release
    }
  }
`;
