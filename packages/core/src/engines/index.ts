export { classic, type DockerOptions, docker } from './docker/docker.ts';
