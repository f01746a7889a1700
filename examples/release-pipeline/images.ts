import { final, stage } from '@stagecraft/core';

const page = stage('page').from('busybox:1.37').run('mkdir /site && echo released > /site/index.html');

export default final().from('scratch').copyFrom(page, '/site', '/site').user(65_532).cmd(['/site']);
