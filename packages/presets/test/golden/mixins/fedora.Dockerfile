FROM fedora:43
RUN dnf install -y --nodocs --setopt=install_weak_deps=0 git \
    && dnf clean all
USER 65532:65532
