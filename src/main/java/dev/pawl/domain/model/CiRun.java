package dev.pawl.domain.model;

/**
 * A run of one of the repository's workflows.
 *
 * @param id its id
 * @param attempt which attempt of it, from 1
 * @param head the commit that it runs on
 * @param event what started it, in GitHub's word
 * @param result what came of it
 * @param url where people look at it
 */
public record CiRun(long id, int attempt, Sha head, String event, Check.Result result, String url) {}
