ARG JAVA_VERSION=21

FROM maven:3.9-eclipse-temurin-${JAVA_VERSION} AS build
ENV MAVEN_ARGS="-B -ntp"
WORKDIR /src
COPY pom.xml ./pom.xml
RUN mvn dependency:go-offline
ARG SOURCE_DATE_EPOCH=315619200
COPY . .
RUN mvn package -DskipTests -Dproject.build.outputTimestamp="$SOURCE_DATE_EPOCH" \
    && set -- $(find target -maxdepth 1 -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' ! -name '*-tests.jar' ! -name 'original-*.jar') \
    && { [ $# -eq 1 ] || { echo "target/*.jar matches $# files: $*" >&2; exit 1; }; } \
    && install -D -m 644 "$1" /out/app/app.jar \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
RUN mvn test

FROM gcr.io/distroless/java21-debian13:nonroot
COPY --from=test /out/ /
WORKDIR /app
ENTRYPOINT ["/usr/bin/java", "-XX:MaxRAMPercentage=75.0", "-XX:+ExitOnOutOfMemoryError", "-jar"]
CMD ["app.jar"]
