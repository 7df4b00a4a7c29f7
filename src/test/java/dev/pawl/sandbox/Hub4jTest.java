package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPermissionType;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRef;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHTree;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.ReactionContent;

/** The client library that Pawl uses reads what the sandbox answers. */
class Hub4jTest {
    @Test
    void issuesBranchesAndPullRequests(@TempDir Path folder) throws Exception {
        try (var world = new World(folder)) {
            world.alice.opensIssue(world.repo, "Bug", "It breaks", "bug");
            GitHub github = new GitHubBuilder()
                    .withEndpoint(world.github.apiUrl())
                    .withAppInstallationToken(world.github.actionsToken())
                    .build();
            GHRepository repo = github.getRepository("octo/lab");
            assertThat(repo.getId()).isEqualTo(world.repo.id());
            assertThat(repo.getPermission("alice")).isEqualTo(GHPermissionType.WRITE);
            speaks(repo);
            GHCommit commit = commits(repo);
            opens(repo, commit);
        }
    }

    private static void speaks(GHRepository repo) throws Exception {
        GHIssue issue = repo.getIssue(1);
        assertThat(issue.getTitle()).isEqualTo("Bug");
        issue.addLabels("pawl:ready");
        issue.removeLabel("bug");
        GHIssueComment comment = issue.comment("hello");
        comment.update("hello again");
        comment.createReaction(ReactionContent.PLUS_ONE);
        for (int i = 0; i < 4; i++) {
            issue.comment("more");
        }
        assertThat(issue.listComments().withPageSize(2).toList()).hasSize(5);
        assertThat(repo.getIssues(GHIssueState.OPEN)).hasSize(1);
        assertThat(repo.getIssue(1).getLabels()).extracting(l -> l.getName()).containsExactly("pawl:ready");
        issue.close();
        issue.reopen();
    }

    private static GHCommit commits(GHRepository repo) throws Exception {
        GHRef main = repo.getRef("heads/main");
        GHTree tree = repo.createTree()
                .baseTree(repo.getCommit(main.getObject().getSha()).getTree().getSha())
                .add("b.txt", "b", false)
                .create();
        GHCommit commit = repo.createCommit()
                .message("feat: b")
                .tree(tree.getSha())
                .parent(main.getObject().getSha())
                .create();
        GHRef branch = repo.createRef("refs/heads/pawl/1-bug", commit.getSHA1());
        assertThatThrownBy(() -> repo.createRef("refs/heads/pawl/1-bug", commit.getSHA1()))
                .isInstanceOf(HttpException.class)
                .hasMessageContaining("Reference already exists");
        branch.updateTo(commit.getSHA1(), false);
        assertThat(repo.getRefs("heads")).hasSize(2);
        assertThat(repo.getBranch("main").getSHA1()).isEqualTo(main.getObject().getSha());
        assertThat(repo.getFileContent("README.md").getContent()).isEqualTo("# Lab\n");
        return repo.getCommit(commit.getSHA1());
    }

    private static void opens(GHRepository repo, GHCommit commit) throws Exception {
        GHPullRequest pull = repo.createPullRequest("T", "pawl/1-bug", "main", "Closes #1", true, false);
        assertThat(pull.getHead().getSha()).isEqualTo(commit.getSHA1());
        assertThat(pull.getMergeable()).isTrue();
        assertThat(pull.listFiles().toList()).extracting(f -> f.getFilename()).isEqualTo(List.of("b.txt"));
        assertThat(pull.listCommits().toList()).hasSize(1);
        assertThat(repo.queryPullRequests()
                        .head("octo:pawl/1-bug")
                        .base("main")
                        .state(GHIssueState.ALL)
                        .list()
                        .toList())
                .hasSize(1);
        pull.merge("done");
        assertThat(repo.getPullRequest(2).isMerged()).isTrue();
        assertThat(repo.getIssue(1).getState()).isEqualTo(GHIssueState.CLOSED);
    }
}
