FROM maven:3.9-eclipse-temurin-21 AS builder
WORKDIR /src
COPY app/ ./
RUN ["mvn", "--batch-mode", "--offline", "package"]

FROM builder
CMD ["java", "-jar", "target/hello.jar"]
