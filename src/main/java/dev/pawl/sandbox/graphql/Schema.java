package dev.pawl.sandbox.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked: a cut of GitHub's published schema, its lines unchanged, without what Pawl doesn't ask for
 * ({@code docs/adr/0023-graphql.md}).
 */
final class Schema {
    /** From {@code @octokit/graphql-schema} 15.26.1 (MIT). */
    private static final String TEXT = """
            interface Actor {
              login: String!
            }

            type AutoMergeRequest {
              enabledAt: DateTime
            }

            type Bot {
              databaseId: Int
            }

            type CheckRun {
              checkSuite: CheckSuite!
              conclusion: CheckConclusionState
              detailsUrl: URI
              isRequired(pullRequestNumber: Int): Boolean!
              name: String!
              status: CheckStatusState!
            }

            type CheckSuite {
              workflowRun: WorkflowRun
            }

            type Commit {
              oid: GitObjectID!
              statusCheckRollup: StatusCheckRollup
            }

            type ConvertPullRequestToDraftPayload {
              pullRequest: PullRequest
            }

            type DisablePullRequestAutoMergePayload {
              pullRequest: PullRequest
            }

            type EnablePullRequestAutoMergePayload {
              pullRequest: PullRequest
            }

            type Label {
              name: String!
            }

            type LabelConnection {
              nodes: [Label]
            }

            type Mannequin {
              databaseId: Int
            }

            type MarkPullRequestReadyForReviewPayload {
              pullRequest: PullRequest
            }

            type Mutation {
              convertPullRequestToDraft(input: ConvertPullRequestToDraftInput!): ConvertPullRequestToDraftPayload
              disablePullRequestAutoMerge(input: DisablePullRequestAutoMergeInput!): DisablePullRequestAutoMergePayload
              enablePullRequestAutoMerge(input: EnablePullRequestAutoMergeInput!): EnablePullRequestAutoMergePayload
              markPullRequestReadyForReview(input: MarkPullRequestReadyForReviewInput!): MarkPullRequestReadyForReviewPayload
              resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
            }

            type Organization {
              databaseId: Int
            }

            type PageInfo {
              endCursor: String
              hasNextPage: Boolean!
            }

            type PullRequest {
              author: Actor
              autoMergeRequest: AutoMergeRequest
              baseRef: Ref
              baseRefName: String!
              commits(after: String, first: Int, last: Int): PullRequestCommitConnection!
              headRefName: String!
              headRefOid: GitObjectID!
              headRepository: Repository
              isDraft: Boolean!
              labels(after: String, first: Int, last: Int): LabelConnection
              mergeCommit: Commit
              mergeStateStatus: MergeStateStatus!
              mergeable: MergeableState!
              number: Int!
              reviewRequests(after: String, first: Int, last: Int): ReviewRequestConnection
              reviewThreads(after: String, first: Int, last: Int): PullRequestReviewThreadConnection!
              reviews(after: String, first: Int, last: Int): PullRequestReviewConnection
              state: PullRequestState!
              url: URI!
            }

            type PullRequestCommit {
              commit: Commit!
            }

            type PullRequestCommitConnection {
              nodes: [PullRequestCommit]
            }

            type PullRequestParameters {
              requiredApprovingReviewCount: Int!
              requiredReviewThreadResolution: Boolean!
            }

            type PullRequestReview {
              author: Actor
              body: String!
              commit: Commit
              fullDatabaseId: BigInt
              state: PullRequestReviewState!
              submittedAt: DateTime
            }

            type PullRequestReviewComment {
              author: Actor
              body: String!
              createdAt: DateTime!
              fullDatabaseId: BigInt
              lastEditedAt: DateTime
            }

            type PullRequestReviewCommentConnection {
              nodes: [PullRequestReviewComment]
              pageInfo: PageInfo!
            }

            type PullRequestReviewConnection {
              nodes: [PullRequestReview]
              pageInfo: PageInfo!
            }

            type PullRequestReviewThread {
              comments(after: String, first: Int, last: Int): PullRequestReviewCommentConnection!
              id: ID!
              isOutdated: Boolean!
              isResolved: Boolean!
              line: Int
              path: String!
            }

            type PullRequestReviewThreadConnection {
              nodes: [PullRequestReviewThread]
              pageInfo: PageInfo!
            }

            type Query {
              repository(name: String!, owner: String!): Repository
            }

            type Ref {
              refUpdateRule: RefUpdateRule
              rules(after: String, first: Int, last: Int): RepositoryRuleConnection
            }

            type RefUpdateRule {
              requiredApprovingReviewCount: Int
              requiredStatusCheckContexts: [String]
              requiresConversationResolution: Boolean!
            }

            type Repository {
              autoMergeAllowed: Boolean!
              databaseId: Int
              mergeCommitAllowed: Boolean!
              pullRequest(number: Int!): PullRequest
              rebaseMergeAllowed: Boolean!
              squashMergeAllowed: Boolean!
            }

            type RepositoryRule {
              parameters: RuleParameters
            }

            type RepositoryRuleConnection {
              nodes: [RepositoryRule]
            }

            type RequiredStatusChecksParameters {
              requiredStatusChecks: [StatusCheckConfiguration!]!
              strictRequiredStatusChecksPolicy: Boolean!
            }

            type ResolveReviewThreadPayload {
              thread: PullRequestReviewThread
            }

            type ReviewRequest {
              requestedReviewer: RequestedReviewer
            }

            type ReviewRequestConnection {
              nodes: [ReviewRequest]
            }

            type StatusCheckConfiguration {
              context: String!
            }

            type StatusCheckRollup {
              contexts(after: String, first: Int, last: Int): StatusCheckRollupContextConnection!
            }

            type StatusCheckRollupContextConnection {
              nodes: [StatusCheckRollupContext]
              pageInfo: PageInfo!
            }

            type StatusContext {
              context: String!
              isRequired(pullRequestNumber: Int): Boolean!
              state: StatusState!
              targetUrl: URI
            }

            type User {
              databaseId: Int
            }

            type Workflow {
              name: String!
              resourcePath: URI!
            }

            type WorkflowRun {
              workflow: Workflow!
            }

            input ResolveReviewThreadInput {
              clientMutationId: String
              threadId: ID!
            }

            input MarkPullRequestReadyForReviewInput {
              clientMutationId: String
              pullRequestId: ID!
            }

            input ConvertPullRequestToDraftInput {
              clientMutationId: String
              pullRequestId: ID!
            }

            input EnablePullRequestAutoMergeInput {
              authorEmail: String
              clientMutationId: String
              commitBody: String
              commitHeadline: String
              expectedHeadOid: GitObjectID
              mergeMethod: PullRequestMergeMethod
              pullRequestId: ID!
            }

            input DisablePullRequestAutoMergeInput {
              clientMutationId: String
              pullRequestId: ID!
            }

            union RequestedReviewer = Bot | Mannequin | Team | User

            union RuleParameters = PullRequestParameters | RequiredStatusChecksParameters

            union StatusCheckRollupContext = CheckRun | StatusContext
            """;

    private static final Pattern TYPE = Pattern.compile("(type|interface|input) (\\w+) \\{\n([^}]*)}");
    private static final Pattern UNION = Pattern.compile("union (\\w+) =");
    private static final Pattern FIELD = Pattern.compile(" *(\\w+)(?:\\(([^)]*)\\))?: (\\S+)\n");
    private static final Pattern ARGUMENT = Pattern.compile("(\\w+): ([^,]+)");

    private static final Map<String, Map<String, Field>> TYPES = types();

    private Schema() {}

    /**
     * A field.
     *
     * @param type the type's name, without its signs
     * @param required whether an input must have it
     * @param arguments types by name
     */
    private record Field(String type, boolean required, Map<String, String> arguments) {}

    private static Map<String, Map<String, Field>> types() {
        var types = new HashMap<String, Map<String, Field>>();
        TYPE.matcher(TEXT).results().forEach(type -> types.put(type.group(2), fields(type.group(3))));
        UNION.matcher(TEXT).results().forEach(union -> types.put(union.group(1), Map.of()));
        return types;
    }

    private static Map<String, Field> fields(String lines) {
        var fields = new TreeMap<String, Field>();
        for (MatchResult line : FIELD.matcher(lines).results().toList()) {
            var arguments = new TreeMap<String, String>();
            if (line.group(2) != null) {
                Matcher argument = ARGUMENT.matcher(line.group(2));
                while (argument.find()) {
                    arguments.put(argument.group(1), argument.group(2).strip());
                }
            }
            String type = line.group(3);
            fields.put(line.group(1), new Field(type.replaceAll("[\\[\\]!]", ""), type.endsWith("!"), arguments));
        }
        return fields;
    }

    /**
     * Refuses what GitHub would refuse before it looks at anything.
     *
     * @throws Malformed for a field, an argument or an input that isn't there, or one that is missing
     */
    static void check(Operation operation) {
        String root = operation.isMutation() ? "Mutation" : "Query";
        check(operation.selections(), root);
    }

    private static void check(List<Selection> selections, String type) {
        Map<String, Field> fields = TYPES.get(type);
        if (fields == null) {
            throw new Malformed("No such type " + type);
        }
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.On(String other, var below) -> check(below, other);
                case Selection.Field field when field.name().equals("__typename") -> {}
                case Selection.Field field -> check(field, type, fields.get(field.name()));
            }
        }
    }

    private static void check(Selection.Field field, String type, @Nullable Field known) {
        if (known == null) {
            throw new Malformed("Field '" + field.name() + "' doesn't exist on type '" + type + "'");
        }
        field.arguments().forEach((name, value) -> {
            String argument = known.arguments().get(name);
            if (argument == null) {
                throw new Malformed("Field '" + field.name() + "' doesn't accept argument '" + name + "'");
            }
            if (TYPES.containsKey(argument.replace("!", ""))) {
                checkInput(value, argument.replace("!", ""));
            }
        });
        known.arguments().forEach((name, argument) -> {
            if (argument.endsWith("!") && !field.arguments().containsKey(name)) {
                throw new Malformed("Field '" + field.name() + "' is missing required arguments: " + name);
            }
        });
        boolean isLeaf = !TYPES.containsKey(known.type());
        if (isLeaf != field.below().isEmpty()) {
            throw new Malformed("Field '" + field.name() + "' returns " + known.type() + ": "
                    + (isLeaf ? "selections can't be made on scalars" : "it must have a selection of subfields"));
        }
        if (!isLeaf) {
            check(field.below(), known.type());
        }
    }

    private static void checkInput(JsonNode value, String type) {
        Map<String, Field> fields = TYPES.getOrDefault(type, Map.of());
        value.fieldNames().forEachRemaining(name -> {
            if (!fields.containsKey(name)) {
                throw new Malformed("InputObject '" + type + "' doesn't accept argument '" + name + "'");
            }
        });
        fields.forEach((name, field) -> {
            if (field.required() && !value.hasNonNull(name)) {
                throw new Malformed("Argument '" + name + "' on InputObject '" + type + "' is required");
            }
        });
    }
}
