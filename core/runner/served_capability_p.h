#pragma once

#include "sluice/base/schema_validator.h"
#include "sluice/runner/capability.h"
#include "sluice/runner/live_capability.h"
#include "sluice/runner/worker_pool_p.h"

#include <memory>

namespace sluice {

/// A capability as it is served: what it says about itself, asked once, and the threads that do its work.
class ServedCapability final {
public:
    ServedCapability(std::unique_ptr<Capability> capability, int maxWaiting);

    /// What stands in the way of serving it; empty when nothing does.
    [[nodiscard]] QStringList problems() const;

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] int capacity() const { return m_capacity; }
    [[nodiscard]] const LiveAppOffer &liveApp() const { return m_liveApp; }
    /// What its live runner shows of it, at most 1024 bytes: what a form needs, as far as there is room.
    [[nodiscard]] QString liveMetadata() const;
    [[nodiscard]] QString version() const { return m_capability->version(); }
    [[nodiscard]] bool isStream() const { return m_capability->kind() == Capability::Kind::Stream; }
    [[nodiscard]] bool isLive() const { return m_capability->kind() == Capability::Kind::Live; }
    [[nodiscard]] PredictCapability &predict() const { return static_cast<PredictCapability &>(*m_capability); }
    [[nodiscard]] StreamCapability &stream() const { return static_cast<StreamCapability &>(*m_capability); }
    [[nodiscard]] LiveCapability &live() const { return static_cast<LiveCapability &>(*m_capability); }
    [[nodiscard]] const SchemaValidator &validator() const { return m_validator; }
    [[nodiscard]] WorkerPool &pool() { return m_pool; }
    [[nodiscard]] const WorkerPool &pool() const { return m_pool; }

    /// Answer of `GET /schema`: name, description, version, path, verbs, input_schema, output_schema, examples, price.
    [[nodiscard]] Json schemaDocument() const;
    /// Body of `POST /capability/register` without `token` (byoc.md 2), with the describing keys that our orchestrator lists.
    [[nodiscard]] Json registration(const QString &url) const;
    /// The input with the defaults of missing top-level properties.
    [[nodiscard]] Json withDefaults(const Json &input) const;

private:
    void describe(Json &document) const;

    std::unique_ptr<Capability> m_capability;
    QString m_name;
    QString m_path;
    int m_capacity;
    LiveAppOffer m_liveApp;
    SchemaValidator m_validator;
    WorkerPool m_pool;
};

/// FastAPI's 422 body for a list of violations: `{"detail":[{"type","loc","msg","ctx"}]}` (client-sdk.md 3.6).
[[nodiscard]] Json validationDetail(const QList<SchemaViolation> &violations, const Json &input);
/// `["body","messages",0,"role"]` for "/messages/0/role"; indices where `input` has arrays.
[[nodiscard]] Json bodyLocation(const QString &pointer, const Json &input);

} // namespace sluice
