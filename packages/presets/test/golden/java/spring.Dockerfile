ARG JAVA_VERSION=21

FROM --platform=${BUILDPLATFORM} maven:3.9-eclipse-temurin-${JAVA_VERSION} AS build
ENV MAVEN_ARGS="-B -ntp"
WORKDIR /src
COPY pom.xml ./pom.xml
RUN --mount=type=cache,id=maven,target=/root/.m2/repository,sharing=locked mvn dependency:go-offline
ARG SOURCE_DATE_EPOCH=315619200
COPY . .
RUN --mount=type=cache,id=maven,target=/root/.m2/repository,sharing=locked \
    mvn package -DskipTests -Dproject.build.outputTimestamp="$SOURCE_DATE_EPOCH" \
    && set -- $(find target -maxdepth 1 -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' ! -name '*-tests.jar' ! -name 'original-*.jar') \
    && { [ $# -eq 1 ] || { echo "target/*.jar matches $# files: $*" >&2; exit 1; }; } \
    && install -D -m 644 "$1" /out/app/app.jar \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS layers
RUN java -Djarmode=tools -jar /out/app/app.jar extract --layers --destination /layers \
    && for layer in dependencies spring-boot-loader snapshot-dependencies application; do mkdir -p /out/$layer && mv /layers/$layer /out/$layer/app; done \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/java21-debian13:nonroot
COPY --from=layers /out/dependencies/ /
COPY --from=layers /out/spring-boot-loader/ /
COPY --from=layers /out/snapshot-dependencies/ /
COPY --from=layers /out/application/ /
WORKDIR /app
CMD ["app.jar"]
