ARG JAVA_VERSION=21

FROM --platform=${BUILDPLATFORM} eclipse-temurin:${JAVA_VERSION}-jdk AS build
ENV GRADLE_USER_HOME=/cache/gradle
WORKDIR /src
COPY settings.gradle.kts ./settings.gradle.kts
COPY build.gradle.kts ./build.gradle.kts
COPY gradlew ./gradlew
COPY gradle ./gradle
RUN --mount=type=cache,id=gradle,target=/cache/gradle,sharing=locked \
    ./gradlew --no-daemon dependencies
ARG SOURCE_DATE_EPOCH=315619200
COPY . .
RUN --mount=type=cache,id=gradle,target=/cache/gradle,sharing=locked \
    ./gradlew --no-daemon assemble \
    && set -- $(find build/libs -maxdepth 1 -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' ! -name '*-tests.jar' ! -name 'original-*.jar') \
    && { [ $# -eq 1 ] || { echo "build/libs/*.jar matches $# files: $*" >&2; exit 1; }; } \
    && install -D -m 644 "$1" /out/app/app.jar \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/java21-debian13:nonroot
COPY --from=build /out/ /
WORKDIR /app
ENTRYPOINT ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-jar"]
CMD ["app.jar"]
