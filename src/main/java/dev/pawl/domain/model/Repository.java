package dev.pawl.domain.model;

/**
 * The repository.
 *
 * @param id the forge's id, which stays when it is renamed
 * @param owner the owner's login
 * @param name its name
 */
public record Repository(long id, String owner, String name) {
    /** Owner and name. */
    public String fullName() {
        return owner + "/" + name;
    }
}
