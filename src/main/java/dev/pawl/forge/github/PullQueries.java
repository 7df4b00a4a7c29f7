package dev.pawl.forge.github;

/**
 * What we say to the GraphQL API (docs.github.com, GraphQL API, "Reference"). The embedded GitHub refuses what isn't in
 * GitHub's published schema.
 */
final class PullQueries {
    /** A picture of a pull request; the cursors are null at first. */
    static final String FACTS = """
            query PullFacts($owner: String!, $name: String!, $number: Int!, $reviews: String, $threads: String, $checks: String) {
              repository(owner: $owner, name: $name) {
                databaseId
                autoMergeAllowed
                mergeCommitAllowed
                squashMergeAllowed
                rebaseMergeAllowed
                pullRequest(number: $number) {
                  number
                  url
                  state
                  isDraft
                  mergeable
                  mergeStateStatus
                  author { ...who }
                  headRefName
                  headRefOid
                  headRepository { databaseId }
                  baseRefName
                  mergeCommit { oid }
                  autoMergeRequest { enabledAt }
                  labels(first: 100) { nodes { name } }
                  reviewRequests(first: 100) { nodes { requestedReviewer { ...who } } }
                  baseRef {
                    refUpdateRule {
                      requiredStatusCheckContexts
                      requiredApprovingReviewCount
                      requiresConversationResolution
                    }
                    rules(first: 100) {
                      nodes {
                        parameters {
                          ... on RequiredStatusChecksParameters {
                            strictRequiredStatusChecksPolicy
                            requiredStatusChecks { context }
                          }
                          ... on PullRequestParameters {
                            requiredApprovingReviewCount
                            requiredReviewThreadResolution
                          }
                        }
                      }
                    }
                  }
                  reviews(first: 100, after: $reviews) {
                    pageInfo { hasNextPage endCursor }
                    nodes { fullDatabaseId author { ...who } state submittedAt body commit { oid } }
                  }
                  reviewThreads(first: 100, after: $threads) {
                    pageInfo { hasNextPage endCursor }
                    nodes {
                      id
                      isResolved
                      isOutdated
                      path
                      line
                      comments(first: 100) {
                        pageInfo { hasNextPage }
                        nodes { fullDatabaseId author { ...who } body createdAt lastEditedAt }
                      }
                    }
                  }
                  commits(last: 1) {
                    nodes {
                      commit {
                        oid
                        statusCheckRollup {
                          contexts(first: 100, after: $checks) {
                            pageInfo { hasNextPage endCursor }
                            nodes {
                              __typename
                              ... on CheckRun {
                                name
                                status
                                conclusion
                                detailsUrl
                                isRequired(pullRequestNumber: $number)
                                checkSuite { workflowRun { workflow { name resourcePath } } }
                              }
                              ... on StatusContext {
                                context
                                state
                                targetUrl
                                isRequired(pullRequestNumber: $number)
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }

            fragment who on Actor {
              __typename
              login
              ... on User { databaseId }
              ... on Bot { databaseId }
              ... on Mannequin { databaseId }
              ... on Organization { databaseId }
            }
            """;

    /** Resolves a thread. */
    static final String RESOLVE = """
            mutation Resolve($input: ResolveReviewThreadInput!) {
              resolveReviewThread(input: $input) { thread { id isResolved } }
            }
            """;

    /** Makes a draft ready. */
    static final String READY = """
            mutation Ready($input: MarkPullRequestReadyForReviewInput!) {
              markPullRequestReadyForReview(input: $input) { pullRequest { isDraft } }
            }
            """;

    /** Makes it a draft. */
    static final String DRAFT = """
            mutation Draft($input: ConvertPullRequestToDraftInput!) {
              convertPullRequestToDraft(input: $input) { pullRequest { isDraft } }
            }
            """;

    /** Lets GitHub merge it by itself. */
    static final String AUTO_MERGE = """
            mutation AutoMerge($input: EnablePullRequestAutoMergeInput!) {
              enablePullRequestAutoMerge(input: $input) { pullRequest { autoMergeRequest { enabledAt } } }
            }
            """;

    /** Takes that back. */
    static final String NO_AUTO_MERGE = """
            mutation NoAutoMerge($input: DisablePullRequestAutoMergeInput!) {
              disablePullRequestAutoMerge(input: $input) { pullRequest { autoMergeRequest { enabledAt } } }
            }
            """;

    private PullQueries() {}
}
