# The images of Pawl, for linux/amd64 and linux/arm64. Why they are made this way: docs/adr/0011-container.md.
#   docker build --target slim .            Pawl, git and a shell
#   docker build --target agents .          and Node with the agents whose licence is an open one
#   docker build --target agents-claude .   and Claude Code, which everybody installs for themselves
#   docker build --target agents-copilot .  and Copilot CLI, likewise

# Where a digest is given, it counts; the tag says what it is.
ARG GRAALVM=ghcr.io/graalvm/native-image-community:25.0.2-ol9
ARG MAVEN=docker.io/library/maven:3.9.16-eclipse-temurin-25@sha256:93b8a14ea2f412782e4e842651273b4d903e35cc496284f178fbbe2d67d00976
ARG DEBIAN=docker.io/library/debian:trixie-20261005-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f
ARG NODE=docker.io/library/node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe

FROM ${MAVEN} AS maven

# Its C library (2.34) is older than that of the image below (2.41): what is linked here starts there.
FROM ${GRAALVM} AS builder
COPY --from=maven /usr/share/maven /usr/share/maven
WORKDIR /src
COPY pom.xml mvnw ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    PATH="/usr/share/maven/bin:$PATH" ./mvnw -B -ntp -Pnative -Dmaven.test.skip=true package

FROM ${DEBIAN} AS slim
# Where mtab is missing (Docker makes it, others don't), the git library measures each file system anew, by writing for 3 seconds.
# The user is for agents. On hosted runners the checkout belongs to 1001; this number owns nothing there.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates git \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/log/apt /var/log/dpkg.log \
    && groupadd --gid 10001 agent \
    && useradd --uid 10001 --gid agent --create-home --shell /bin/bash agent \
    && rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- \
    && ln -sf ../proc/self/mounts /etc/mtab
COPY LICENSE NOTICE /usr/share/doc/pawl/
COPY --from=builder /src/target/pawl /usr/local/bin/pawl
# Names of files beyond ASCII; and agents run as a user of their own or not at all (docs/security.md).
ENV LANG=C.UTF-8 \
    PAWL_AGENT_USER=agent \
    PAWL_ISOLATION=required
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Pawl" \
      org.opencontainers.image.description="Moves one GitHub issue one stage further each time it runs." \
      org.opencontainers.image.source="https://github.com/pawl-dev/pawl" \
      org.opencontainers.image.documentation="https://github.com/pawl-dev/pawl#readme" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# The runner gives the folder and wants root: neither WORKDIR nor USER.
ENTRYPOINT ["/usr/local/bin/pawl"]

# No package runs a script of its own here: the two natives that would be built are not needed, and a link does the rest.
# Qwen Code is locked without its optional packages, for pictures, sound and clipboards: not all can be had for both systems.
FROM ${NODE} AS agents-install
WORKDIR /opt/agents
COPY docker/agents/package.json docker/agents/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
    && ln -s ../$(cd node_modules && ls -d opencode-linux-*)/bin/opencode node_modules/.bin/opencode

FROM slim AS agents
COPY --from=agents-install /usr/local/bin/node /usr/local/bin/node
COPY --from=agents-install /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
COPY --from=agents-install /opt/agents /opt/agents
# What is installed is what runs. Files say so where they can: an agent gets no variable that the policy doesn't name. And all of
# it belongs to root.
COPY docker/etc /etc
ENV PATH=/opt/agents/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    COPILOT_AUTO_UPDATE=false \
    DISABLE_AUTOUPDATER=1 \
    NO_UPDATE_NOTIFIER=1 \
    OPENCODE_DISABLE_AUTOUPDATE=1

FROM ${NODE} AS claude-install
WORKDIR /opt/agents-claude
COPY docker/agents-claude/package.json docker/agents-claude/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
    && ln -sf ../$(cd node_modules && ls -d @anthropic-ai/claude-code-linux-*)/claude node_modules/.bin/claude

FROM agents AS agents-claude
COPY --from=claude-install /opt/agents-claude /opt/agents-claude
ENV PATH=/opt/agents-claude/node_modules/.bin:${PATH}

FROM ${NODE} AS copilot-install
WORKDIR /opt/agents-copilot
COPY docker/agents-copilot/package.json docker/agents-copilot/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM agents AS agents-copilot
COPY --from=copilot-install /opt/agents-copilot /opt/agents-copilot
ENV PATH=/opt/agents-copilot/node_modules/.bin:${PATH}
