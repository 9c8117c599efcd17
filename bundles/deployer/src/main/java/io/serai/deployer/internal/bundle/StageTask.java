package io.serai.deployer.internal.bundle;

import io.serai.deployer.internal.reconcile.Job;
import io.serai.deployer.internal.reconcile.Task;

/** A stage of a deployment's way; one that took long goes on by itself, behind the rest of its batch. */
abstract class StageTask implements Task {
    private final BundleDeployment deployment;
    private final BundlePipeline pipeline;

    StageTask(BundleDeployment deployment, BundlePipeline pipeline) {
        this.deployment = deployment;
        this.pipeline = pipeline;
    }

    BundleDeployment deployment() {
        return deployment;
    }

    @Override
    public void undo() {
        pipeline.disposal(deployment).run();
    }

    @Override
    public void finished(Job job) throws InterruptedException {
        pipeline.goOn(job, this);
    }
}
