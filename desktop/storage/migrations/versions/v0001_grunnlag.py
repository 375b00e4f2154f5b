"""The first form of the archive."""

from typing import Final

revision: Final = "0001"
down_revision: Final = None

_SQL: Final = """
CREATE TABLE arkiv (
    navn VARCHAR NOT NULL, opprettet DATE NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_arkiv PRIMARY KEY (id)
);
CREATE TABLE fil (
    sha256 VARCHAR(64) NOT NULL, stoerrelse INTEGER NOT NULL, innhold BLOB NOT NULL,
    CONSTRAINT pk_fil PRIMARY KEY (sha256)
);
CREATE TABLE organisasjon (
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_organisasjon PRIMARY KEY (id)
);
CREATE TABLE organisasjonsnavn (
    organisasjon_id VARCHAR(32) NOT NULL, navn VARCHAR NOT NULL, kortnavn VARCHAR, fra DATE,
    til DATE, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_organisasjonsnavn PRIMARY KEY (id),
    CONSTRAINT ck_organisasjonsnavn_periode CHECK (fra IS NULL OR til IS NULL OR fra <= til),
    CONSTRAINT fk_organisasjonsnavn_organisasjon_id FOREIGN KEY(organisasjon_id) REFERENCES
        organisasjon (id) ON DELETE CASCADE
);
CREATE INDEX ix_organisasjonsnavn_organisasjon_id ON organisasjonsnavn (organisasjon_id);
CREATE TABLE person (
    fornavn VARCHAR NOT NULL, etternavn VARCHAR NOT NULL, epost VARCHAR, telefon VARCHAR,
    organisasjon_id VARCHAR(32), id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT fk_person_organisasjon_id FOREIGN KEY(organisasjon_id) REFERENCES organisasjon (id)
);
CREATE INDEX ix_person_organisasjon_id ON person (organisasjon_id);
CREATE TABLE utvalg (
    navn VARCHAR NOT NULL, bestemt VARCHAR NOT NULL, kortnavn VARCHAR NOT NULL,
    maalform VARCHAR(2) NOT NULL, saksnummermoenster VARCHAR NOT NULL, sekretariat_id VARCHAR(32),
    standardsted VARCHAR, standard_fra TIME, standard_til TIME,
    kommentarfrist_dager INTEGER NOT NULL, husregler TEXT, mal_navn VARCHAR,
    mal_sha256 VARCHAR(64), rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_utvalg PRIMARY KEY (id),
    CONSTRAINT uq_utvalg_navn UNIQUE (navn),
    CONSTRAINT ck_utvalg_maalform CHECK (maalform IN ('nb', 'nn')),
    CONSTRAINT fk_utvalg_sekretariat_id FOREIGN KEY(sekretariat_id) REFERENCES organisasjon (id),
    CONSTRAINT fk_utvalg_mal_sha256 FOREIGN KEY(mal_sha256) REFERENCES fil (sha256)
);
CREATE TABLE fastpost (
    utvalg_id VARCHAR(32) NOT NULL, slag VARCHAR(11) NOT NULL, tittel VARCHAR NOT NULL,
    sakstype VARCHAR(11), varighet INTEGER NOT NULL, plassering VARCHAR(6) NOT NULL,
    toppnotatstatus VARCHAR(12) NOT NULL, frase VARCHAR, rekkefoelge VARCHAR NOT NULL,
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_fastpost PRIMARY KEY (id),
    CONSTRAINT ck_fastpost_varighet CHECK (varighet >= 0),
    CONSTRAINT fk_fastpost_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id) ON DELETE
        CASCADE,
    CONSTRAINT ck_fastpost_slag CHECK (slag IN ('innkalling', 'referat', 'orientering',
        'eventuelt', 'annet')),
    CONSTRAINT ck_fastpost_sakstype CHECK (sakstype IN ('godkjenning', 'orientering', 'droefting',
        'anbefaling', 'beslutning')),
    CONSTRAINT ck_fastpost_plassering CHECK (plassering IN ('foerst', 'sist')),
    CONSTRAINT ck_fastpost_toppnotatstatus CHECK (toppnotatstatus IN ('skal_ha', 'ingen',
        'ikke_aktuelt'))
);
CREATE INDEX ix_fastpost_utvalg_id ON fastpost (utvalg_id);
CREATE TABLE frase (
    utvalg_id VARCHAR(32) NOT NULL, sakstype VARCHAR(11) NOT NULL, tekst VARCHAR NOT NULL,
    rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_frase PRIMARY KEY (id),
    CONSTRAINT fk_frase_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id) ON DELETE CASCADE,
    CONSTRAINT ck_frase_sakstype CHECK (sakstype IN ('godkjenning', 'orientering', 'droefting',
        'anbefaling', 'beslutning'))
);
CREATE INDEX ix_frase_utvalg_id ON frase (utvalg_id);
CREATE TABLE moete (
    utvalg_id VARCHAR(32) NOT NULL, aar INTEGER NOT NULL, nummer INTEGER,
    tilstand VARCHAR(9) NOT NULL, form VARCHAR(8) NOT NULL, sted VARCHAR, digital_lenke VARCHAR,
    moeteleder_id VARCHAR(32), referent_id VARCHAR(32), id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_moete PRIMARY KEY (id),
    CONSTRAINT uq_moete_utvalg_id_aar_nummer UNIQUE (utvalg_id, aar, nummer),
    CONSTRAINT ck_moete_nummer CHECK (nummer >= 1),
    CONSTRAINT fk_moete_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id),
    CONSTRAINT ck_moete_tilstand CHECK (tilstand IN ('planlagt', 'innkalt', 'avholdt',
        'avsluttet', 'avlyst')),
    CONSTRAINT ck_moete_form CHECK (form IN ('fysisk', 'digitalt', 'hybrid')),
    CONSTRAINT fk_moete_moeteleder_id FOREIGN KEY(moeteleder_id) REFERENCES person (id),
    CONSTRAINT fk_moete_referent_id FOREIGN KEY(referent_id) REFERENCES person (id)
);
CREATE TABLE nummerserie (
    utvalg_id VARCHAR(32) NOT NULL, aar INTEGER NOT NULL, foerste_sak INTEGER NOT NULL,
    foerste_moete INTEGER NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_nummerserie PRIMARY KEY (id),
    CONSTRAINT uq_nummerserie_utvalg_id_aar UNIQUE (utvalg_id, aar),
    CONSTRAINT ck_nummerserie_start CHECK (foerste_sak >= 1 AND foerste_moete >= 1),
    CONSTRAINT fk_nummerserie_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id) ON DELETE
        CASCADE
);
CREATE TABLE verv (
    utvalg_id VARCHAR(32) NOT NULL, person_id VARCHAR(32) NOT NULL, organisasjon_id VARCHAR(32),
    funksjon VARCHAR(11) NOT NULL, fra DATE, til DATE, rekkefoelge VARCHAR NOT NULL,
    vara_for_id VARCHAR(32), id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_verv PRIMARY KEY (id),
    CONSTRAINT ck_verv_periode CHECK (fra IS NULL OR til IS NULL OR fra <= til),
    CONSTRAINT fk_verv_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id) ON DELETE CASCADE,
    CONSTRAINT fk_verv_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_verv_organisasjon_id FOREIGN KEY(organisasjon_id) REFERENCES organisasjon (id),
    CONSTRAINT ck_verv_funksjon CHECK (funksjon IN ('leder', 'medlem', 'vara', 'observatoer',
        'sekretariat')),
    CONSTRAINT fk_verv_vara_for_id FOREIGN KEY(vara_for_id) REFERENCES verv (id) ON DELETE SET
        NULL
);
CREATE INDEX ix_verv_person_id ON verv (person_id);
CREATE INDEX ix_verv_utvalg_id ON verv (utvalg_id);
CREATE TABLE kontrollunntak (
    moete_id VARCHAR(32) NOT NULL, regel VARCHAR NOT NULL, sted VARCHAR NOT NULL,
    avtrykk VARCHAR(64) NOT NULL, begrunnelse VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_kontrollunntak PRIMARY KEY (id),
    CONSTRAINT uq_kontrollunntak_moete_id_regel_sted_avtrykk UNIQUE (moete_id, regel, sted,
        avtrykk),
    CONSTRAINT fk_kontrollunntak_moete_id FOREIGN KEY(moete_id) REFERENCES moete (id) ON DELETE
        CASCADE
);
CREATE TABLE moetedag (
    moete_id VARCHAR(32) NOT NULL, dato DATE NOT NULL, fra TIME NOT NULL, til TIME NOT NULL,
    sted VARCHAR, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_moetedag PRIMARY KEY (id),
    CONSTRAINT uq_moetedag_moete_id_dato UNIQUE (moete_id, dato),
    CONSTRAINT ck_moetedag_tid CHECK (fra < til),
    CONSTRAINT fk_moetedag_moete_id FOREIGN KEY(moete_id) REFERENCES moete (id) ON DELETE CASCADE
);
CREATE TABLE sak (
    utvalg_id VARCHAR(32) NOT NULL, moete_id VARCHAR(32), moetesaksaar INTEGER,
    moetesakssekvensnummer INTEGER, arkivreferanse VARCHAR, tittel VARCHAR NOT NULL,
    tittelnoekkel VARCHAR NOT NULL, sakstype VARCHAR(11), omtale TEXT, forslag_til_vedtak TEXT,
    tilstand VARCHAR(13) NOT NULL, toppnotatstatus VARCHAR(12) NOT NULL, fastpostslag VARCHAR(11),
    fortsetter_id VARCHAR(32), innmeldt_av_id VARCHAR(32), innmeldt DATE, oensket_moete VARCHAR,
    prioritet INTEGER, koerekkefoelge VARCHAR, innkalt_avtrykk VARCHAR(64),
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_sak PRIMARY KEY (id),
    CONSTRAINT uq_sak_utvalg_id_moetesaksaar_moetesakssekvensnummer UNIQUE (utvalg_id,
        moetesaksaar, moetesakssekvensnummer),
    CONSTRAINT ck_sak_nummer CHECK (moetesakssekvensnummer >= 1),
    CONSTRAINT ck_sak_prioritet CHECK (prioritet BETWEEN 1 AND 3),
    CONSTRAINT fk_sak_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id),
    CONSTRAINT fk_sak_moete_id FOREIGN KEY(moete_id) REFERENCES moete (id),
    CONSTRAINT ck_sak_sakstype CHECK (sakstype IN ('godkjenning', 'orientering', 'droefting',
        'anbefaling', 'beslutning')),
    CONSTRAINT ck_sak_tilstand CHECK (tilstand IN ('innmeldt', 'paa_dagsorden', 'behandlet',
        'utsatt', 'trukket')),
    CONSTRAINT ck_sak_toppnotatstatus CHECK (toppnotatstatus IN ('skal_ha', 'ingen',
        'ikke_aktuelt')),
    CONSTRAINT ck_sak_fastpostslag CHECK (fastpostslag IN ('innkalling', 'referat', 'orientering',
        'eventuelt', 'annet')),
    CONSTRAINT fk_sak_fortsetter_id FOREIGN KEY(fortsetter_id) REFERENCES sak (id) ON DELETE SET
        NULL,
    CONSTRAINT fk_sak_innmeldt_av_id FOREIGN KEY(innmeldt_av_id) REFERENCES person (id)
);
CREATE INDEX ix_sak_fortsetter_id ON sak (fortsetter_id);
CREATE INDEX ix_sak_moete_id ON sak (moete_id, moetesakssekvensnummer);
CREATE INDEX ix_sak_nummer ON sak (moetesaksaar, moetesakssekvensnummer, utvalg_id, sakstype,
    tilstand);
CREATE INDEX ix_sak_tittel ON sak (tittelnoekkel, tittel);
CREATE TABLE utsendelse (
    moete_id VARCHAR(32) NOT NULL, slag VARCHAR(21) NOT NULL, versjon INTEGER NOT NULL,
    laget DATETIME NOT NULL, sendt DATETIME, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_utsendelse PRIMARY KEY (id),
    CONSTRAINT uq_utsendelse_moete_id_slag_versjon UNIQUE (moete_id, slag, versjon),
    CONSTRAINT fk_utsendelse_moete_id FOREIGN KEY(moete_id) REFERENCES moete (id),
    CONSTRAINT ck_utsendelse_slag CHECK (slag IN ('innkalling', 'oppdatert_innkalling',
        'referat_til_kommentar', 'oppdatert_referat', 'godkjent_referat'))
);
CREATE TABLE dagsordenpost (
    moetedag_id VARCHAR(32) NOT NULL, rekkefoelge VARCHAR NOT NULL, slag VARCHAR(5) NOT NULL,
    sak_id VARCHAR(32), tittel VARCHAR, varighet INTEGER, fast_tid TIME, innkalt_tid TIME,
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_dagsordenpost PRIMARY KEY (id),
    CONSTRAINT uq_dagsordenpost_sak_id UNIQUE (sak_id),
    CONSTRAINT ck_dagsordenpost_varighet CHECK (varighet >= 0),
    CONSTRAINT ck_dagsordenpost_sak CHECK ((slag = 'sak') = (sak_id IS NOT NULL)),
    CONSTRAINT fk_dagsordenpost_moetedag_id FOREIGN KEY(moetedag_id) REFERENCES moetedag (id) ON
        DELETE CASCADE,
    CONSTRAINT ck_dagsordenpost_slag CHECK (slag IN ('sak', 'pause', 'punkt')),
    CONSTRAINT fk_dagsordenpost_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE
);
CREATE INDEX ix_dagsordenpost_moetedag_id_rekkefoelge ON dagsordenpost (moetedag_id, rekkefoelge);
CREATE TABLE mottaker (
    utsendelse_id VARCHAR(32) NOT NULL, person_id VARCHAR(32), navn VARCHAR NOT NULL,
    epost VARCHAR, rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_mottaker PRIMARY KEY (id),
    CONSTRAINT fk_mottaker_utsendelse_id FOREIGN KEY(utsendelse_id) REFERENCES utsendelse (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_mottaker_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET
        NULL
);
CREATE INDEX ix_mottaker_utsendelse_id ON mottaker (utsendelse_id);
CREATE TABLE oppmoete (
    moete_id VARCHAR(32) NOT NULL, person_id VARCHAR(32) NOT NULL, organisasjon_id VARCHAR(32),
    rolle VARCHAR(13) NOT NULL, status VARCHAR(9), for_id VARCHAR(32), fra_sak_id VARCHAR(32),
    til_sak_id VARCHAR(32), rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_oppmoete PRIMARY KEY (id),
    CONSTRAINT uq_oppmoete_moete_id_person_id UNIQUE (moete_id, person_id),
    CONSTRAINT fk_oppmoete_moete_id FOREIGN KEY(moete_id) REFERENCES moete (id) ON DELETE CASCADE,
    CONSTRAINT fk_oppmoete_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_oppmoete_organisasjon_id FOREIGN KEY(organisasjon_id) REFERENCES organisasjon
        (id),
    CONSTRAINT ck_oppmoete_rolle CHECK (rolle IN ('medlem', 'stedfortreder', 'gjest',
        'sekretariat')),
    CONSTRAINT ck_oppmoete_status CHECK (status IN ('til_stede', 'digitalt', 'forfall')),
    CONSTRAINT fk_oppmoete_for_id FOREIGN KEY(for_id) REFERENCES person (id),
    CONSTRAINT fk_oppmoete_fra_sak_id FOREIGN KEY(fra_sak_id) REFERENCES sak (id) ON DELETE SET
        NULL,
    CONSTRAINT fk_oppmoete_til_sak_id FOREIGN KEY(til_sak_id) REFERENCES sak (id) ON DELETE SET
        NULL
);
CREATE INDEX ix_oppmoete_person_id ON oppmoete (person_id);
CREATE TABLE referat (
    moete_id VARCHAR(32) NOT NULL, tilstand VARCHAR(13) NOT NULL, kommentarfrist DATE,
    endringer TEXT, publisert DATE, publisert_hvor VARCHAR, godkjent_i_sak_id VARCHAR(32),
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_referat PRIMARY KEY (id),
    CONSTRAINT uq_referat_moete_id UNIQUE (moete_id),
    CONSTRAINT fk_referat_moete_id FOREIGN KEY(moete_id) REFERENCES moete (id) ON DELETE CASCADE,
    CONSTRAINT ck_referat_tilstand CHECK (tilstand IN ('utkast', 'til_kommentar', 'oppdatert',
        'godkjent')),
    CONSTRAINT fk_referat_godkjent_i_sak_id FOREIGN KEY(godkjent_i_sak_id) REFERENCES sak (id)
);
CREATE TABLE saksreferat (
    sak_id VARCHAR(32) NOT NULL, innledning TEXT, oppsummering TEXT, habilitet TEXT,
    protokolltilfoersel TEXT, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_saksreferat PRIMARY KEY (id),
    CONSTRAINT uq_saksreferat_sak_id UNIQUE (sak_id),
    CONSTRAINT fk_saksreferat_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE
);
CREATE TABLE saksrolle (
    sak_id VARCHAR(32) NOT NULL, rolle VARCHAR(13) NOT NULL, person_id VARCHAR(32),
    organisasjon_id VARCHAR(32), rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_saksrolle PRIMARY KEY (id),
    CONSTRAINT ck_saksrolle_hvem CHECK (person_id IS NOT NULL OR organisasjon_id IS NOT NULL),
    CONSTRAINT fk_saksrolle_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE,
    CONSTRAINT ck_saksrolle_rolle CHECK (rolle IN ('sakseier', 'saksbehandler', 'presentatoer')),
    CONSTRAINT fk_saksrolle_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_saksrolle_organisasjon_id FOREIGN KEY(organisasjon_id) REFERENCES organisasjon
        (id)
);
CREATE INDEX ix_saksrolle_rolle ON saksrolle (rolle, organisasjon_id, sak_id);
CREATE INDEX ix_saksrolle_sak_id ON saksrolle (sak_id);
CREATE TABLE toppnotat (
    sak_id VARCHAR(32) NOT NULL, tilstand VARCHAR(20) NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_toppnotat PRIMARY KEY (id),
    CONSTRAINT uq_toppnotat_sak_id UNIQUE (sak_id),
    CONSTRAINT fk_toppnotat_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE,
    CONSTRAINT ck_toppnotat_tilstand CHECK (tilstand IN ('utkast', 'til_kvalitetssikring', 'klar',
        'sendt'))
);
CREATE TABLE utsendelsefil (
    utsendelse_id VARCHAR(32) NOT NULL, filnavn VARCHAR NOT NULL, fil_sha256 VARCHAR(64) NOT NULL,
    rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_utsendelsefil PRIMARY KEY (id),
    CONSTRAINT uq_utsendelsefil_utsendelse_id_filnavn UNIQUE (utsendelse_id, filnavn),
    CONSTRAINT fk_utsendelsefil_utsendelse_id FOREIGN KEY(utsendelse_id) REFERENCES utsendelse
        (id) ON DELETE CASCADE,
    CONSTRAINT fk_utsendelsefil_fil_sha256 FOREIGN KEY(fil_sha256) REFERENCES fil (sha256)
);
CREATE TABLE vedlegg (
    sak_id VARCHAR(32) NOT NULL, slag VARCHAR(9) NOT NULL, tittel VARCHAR, url VARCHAR,
    filnavn VARCHAR, fil_sha256 VARCHAR(64), referat_moete_id VARCHAR(32), nummer INTEGER,
    bokstav VARCHAR, trukket BOOLEAN NOT NULL, rekkefoelge VARCHAR NOT NULL,
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_vedlegg PRIMARY KEY (id),
    CONSTRAINT ck_vedlegg_lenke CHECK (slag <> 'lenke' OR url IS NOT NULL),
    CONSTRAINT ck_vedlegg_fil CHECK (slag <> 'fil' OR fil_sha256 IS NOT NULL),
    CONSTRAINT ck_vedlegg_referat CHECK (slag <> 'referat' OR referat_moete_id IS NOT NULL),
    CONSTRAINT fk_vedlegg_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE,
    CONSTRAINT ck_vedlegg_slag CHECK (slag IN ('toppnotat', 'referat', 'fil', 'lenke')),
    CONSTRAINT fk_vedlegg_fil_sha256 FOREIGN KEY(fil_sha256) REFERENCES fil (sha256),
    CONSTRAINT fk_vedlegg_referat_moete_id FOREIGN KEY(referat_moete_id) REFERENCES moete (id)
);
CREATE INDEX ix_vedlegg_sak_id ON vedlegg (sak_id);
CREATE TABLE vedtak (
    sak_id VARCHAR(32), utvalg_id VARCHAR(32), organ VARCHAR, referanse VARCHAR, tittel VARCHAR,
    dato DATE, sakstype VARCHAR(11), tekst TEXT NOT NULL, som_foreslaatt BOOLEAN,
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_vedtak PRIMARY KEY (id),
    CONSTRAINT uq_vedtak_sak_id UNIQUE (sak_id),
    CONSTRAINT ck_vedtak_kilde CHECK (sak_id IS NOT NULL OR referanse IS NOT NULL),
    CONSTRAINT fk_vedtak_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE,
    CONSTRAINT fk_vedtak_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id),
    CONSTRAINT ck_vedtak_sakstype CHECK (sakstype IN ('godkjenning', 'orientering', 'droefting',
        'anbefaling', 'beslutning'))
);
CREATE INDEX ix_vedtak_utvalg_id ON vedtak (utvalg_id);
CREATE TABLE aksjonspunkt (
    saksreferat_id VARCHAR(32) NOT NULL, tekst VARCHAR NOT NULL,
    ansvarlig_organisasjon_id VARCHAR(32), ansvarlig_person_id VARCHAR(32), frist DATE,
    rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_aksjonspunkt PRIMARY KEY (id),
    CONSTRAINT fk_aksjonspunkt_saksreferat_id FOREIGN KEY(saksreferat_id) REFERENCES saksreferat
        (id) ON DELETE CASCADE,
    CONSTRAINT fk_aksjonspunkt_ansvarlig_organisasjon_id FOREIGN KEY(ansvarlig_organisasjon_id)
        REFERENCES organisasjon (id),
    CONSTRAINT fk_aksjonspunkt_ansvarlig_person_id FOREIGN KEY(ansvarlig_person_id) REFERENCES
        person (id)
);
CREATE INDEX ix_aksjonspunkt_saksreferat_id ON aksjonspunkt (saksreferat_id);
CREATE TABLE innspill (
    saksreferat_id VARCHAR(32) NOT NULL, slag VARCHAR(12) NOT NULL, nivaa INTEGER NOT NULL,
    tekst TEXT NOT NULL, innsender_id VARCHAR(32), navngis BOOLEAN NOT NULL,
    rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_innspill PRIMARY KEY (id),
    CONSTRAINT ck_innspill_nivaa CHECK (nivaa BETWEEN 0 AND 8),
    CONSTRAINT fk_innspill_saksreferat_id FOREIGN KEY(saksreferat_id) REFERENCES saksreferat (id)
        ON DELETE CASCADE,
    CONSTRAINT ck_innspill_slag CHECK (slag IN ('punkt', 'avsnitt', 'mellomtittel')),
    CONSTRAINT fk_innspill_innsender_id FOREIGN KEY(innsender_id) REFERENCES person (id)
);
CREATE INDEX ix_innspill_saksreferat_id ON innspill (saksreferat_id);
CREATE TABLE oppmoete_sak (
    oppmoete_id VARCHAR(32) NOT NULL, sak_id VARCHAR(32) NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_oppmoete_sak PRIMARY KEY (id),
    CONSTRAINT uq_oppmoete_sak_oppmoete_id_sak_id UNIQUE (oppmoete_id, sak_id),
    CONSTRAINT fk_oppmoete_sak_oppmoete_id FOREIGN KEY(oppmoete_id) REFERENCES oppmoete (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_oppmoete_sak_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE
);
CREATE INDEX ix_oppmoete_sak_sak_id ON oppmoete_sak (sak_id);
CREATE TABLE tidligere_vedtak (
    toppnotat_id VARCHAR(32) NOT NULL, vedtak_id VARCHAR(32), sak_tekst VARCHAR, tema VARCHAR,
    formulering TEXT, rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_tidligere_vedtak PRIMARY KEY (id),
    CONSTRAINT ck_tidligere_vedtak_kilde CHECK (vedtak_id IS NOT NULL OR sak_tekst IS NOT NULL),
    CONSTRAINT fk_tidligere_vedtak_toppnotat_id FOREIGN KEY(toppnotat_id) REFERENCES toppnotat
        (id) ON DELETE CASCADE,
    CONSTRAINT fk_tidligere_vedtak_vedtak_id FOREIGN KEY(vedtak_id) REFERENCES vedtak (id)
);
CREATE INDEX ix_tidligere_vedtak_toppnotat_id ON tidligere_vedtak (toppnotat_id);
CREATE INDEX ix_tidligere_vedtak_vedtak_id ON tidligere_vedtak (vedtak_id);
CREATE TABLE toppnotatseksjon (
    toppnotat_id VARCHAR(32) NOT NULL, slag VARCHAR(16) NOT NULL, overskrift VARCHAR,
    innhold TEXT, rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_toppnotatseksjon PRIMARY KEY (id),
    CONSTRAINT ck_toppnotatseksjon_egen CHECK ((slag = 'egen') = (overskrift IS NOT NULL)),
    CONSTRAINT fk_toppnotatseksjon_toppnotat_id FOREIGN KEY(toppnotat_id) REFERENCES toppnotat
        (id) ON DELETE CASCADE,
    CONSTRAINT ck_toppnotatseksjon_slag CHECK (slag IN ('hensikt', 'bakgrunn', 'droefting',
        'videre', 'egen', 'forslag', 'tidligere_vedtak', 'vedlegg'))
);
CREATE INDEX ix_toppnotatseksjon_toppnotat_id ON toppnotatseksjon (toppnotat_id);
CREATE TABLE oppfoelging (
    utvalg_id VARCHAR(32) NOT NULL, vedtak_id VARCHAR(32), aksjonspunkt_id VARCHAR(32),
    forslag VARCHAR, eier_organisasjon_id VARCHAR(32), eier_person_id VARCHAR(32),
    oppgave VARCHAR NOT NULL, frist DATE, tilstand VARCHAR(8) NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_oppfoelging PRIMARY KEY (id),
    CONSTRAINT fk_oppfoelging_utvalg_id FOREIGN KEY(utvalg_id) REFERENCES utvalg (id),
    CONSTRAINT fk_oppfoelging_vedtak_id FOREIGN KEY(vedtak_id) REFERENCES vedtak (id) ON DELETE
        SET NULL,
    CONSTRAINT fk_oppfoelging_aksjonspunkt_id FOREIGN KEY(aksjonspunkt_id) REFERENCES aksjonspunkt
        (id) ON DELETE SET NULL,
    CONSTRAINT fk_oppfoelging_eier_organisasjon_id FOREIGN KEY(eier_organisasjon_id) REFERENCES
        organisasjon (id),
    CONSTRAINT fk_oppfoelging_eier_person_id FOREIGN KEY(eier_person_id) REFERENCES person (id),
    CONSTRAINT ck_oppfoelging_tilstand CHECK (tilstand IN ('aapen', 'paagaar', 'ferdig',
        'bortfalt'))
);
CREATE INDEX ix_oppfoelging_aksjonspunkt_id ON oppfoelging (aksjonspunkt_id);
CREATE INDEX ix_oppfoelging_frist ON oppfoelging (tilstand, frist);
CREATE INDEX ix_oppfoelging_utvalg_id ON oppfoelging (utvalg_id);
CREATE INDEX ix_oppfoelging_vedtak_id ON oppfoelging (vedtak_id);
CREATE TABLE oppfoelgingsavslag (
    vedtak_id VARCHAR(32), aksjonspunkt_id VARCHAR(32), forslag VARCHAR NOT NULL,
    id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_oppfoelgingsavslag PRIMARY KEY (id),
    CONSTRAINT ck_oppfoelgingsavslag_kilde CHECK (vedtak_id IS NOT NULL OR aksjonspunkt_id IS NOT
        NULL),
    CONSTRAINT uq_oppfoelgingsavslag_vedtak_id_forslag UNIQUE (vedtak_id, forslag),
    CONSTRAINT uq_oppfoelgingsavslag_aksjonspunkt_id_forslag UNIQUE (aksjonspunkt_id, forslag),
    CONSTRAINT fk_oppfoelgingsavslag_vedtak_id FOREIGN KEY(vedtak_id) REFERENCES vedtak (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_oppfoelgingsavslag_aksjonspunkt_id FOREIGN KEY(aksjonspunkt_id) REFERENCES
        aksjonspunkt (id) ON DELETE CASCADE
);
CREATE TABLE oppfoelging_sak (
    oppfoelging_id VARCHAR(32) NOT NULL, sak_id VARCHAR(32) NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_oppfoelging_sak PRIMARY KEY (id),
    CONSTRAINT uq_oppfoelging_sak_oppfoelging_id_sak_id UNIQUE (oppfoelging_id, sak_id),
    CONSTRAINT fk_oppfoelging_sak_oppfoelging_id FOREIGN KEY(oppfoelging_id) REFERENCES
        oppfoelging (id) ON DELETE CASCADE,
    CONSTRAINT fk_oppfoelging_sak_sak_id FOREIGN KEY(sak_id) REFERENCES sak (id) ON DELETE CASCADE
);
CREATE INDEX ix_oppfoelging_sak_sak_id ON oppfoelging_sak (sak_id);
CREATE TABLE oppfoelginglogg (
    oppfoelging_id VARCHAR(32) NOT NULL, dato DATE NOT NULL, tekst VARCHAR NOT NULL,
    tilstand VARCHAR(8) NOT NULL, rekkefoelge VARCHAR NOT NULL, id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_oppfoelginglogg PRIMARY KEY (id),
    CONSTRAINT fk_oppfoelginglogg_oppfoelging_id FOREIGN KEY(oppfoelging_id) REFERENCES
        oppfoelging (id) ON DELETE CASCADE,
    CONSTRAINT ck_oppfoelginglogg_tilstand CHECK (tilstand IN ('aapen', 'paagaar', 'ferdig',
        'bortfalt'))
);
CREATE INDEX ix_oppfoelginglogg_oppfoelging_id ON oppfoelginglogg (oppfoelging_id);
CREATE TABLE skrivebilde (
    tabell TEXT NOT NULL, noekkel TEXT NOT NULL, innhold TEXT,
    CONSTRAINT pk_skrivebilde PRIMARY KEY (tabell, noekkel)
);
CREATE TABLE skriving (
    id INTEGER NOT NULL, verb TEXT NOT NULL, parametre TEXT NOT NULL, tabell TEXT NOT NULL,
    noekkel TEXT NOT NULL, felt TEXT NOT NULL, avsnitt TEXT, av TEXT NOT NULL,
    startet TEXT NOT NULL, sist TEXT NOT NULL,
    CONSTRAINT pk_skriving PRIMARY KEY (id),
    CONSTRAINT ck_skriving_en CHECK (id = 1)
);
CREATE TABLE utfoerer (
    id TEXT NOT NULL, navn TEXT,
    CONSTRAINT pk_utfoerer PRIMARY KEY (id)
);
CREATE TABLE handling (
    nr INTEGER NOT NULL, verb TEXT NOT NULL, slag TEXT NOT NULL, tid TEXT NOT NULL,
    av TEXT NOT NULL, angrebar INTEGER NOT NULL, viser_til INTEGER, antall INTEGER NOT NULL,
    parametre TEXT, parametre_salt BLOB, parametre_forpliktelse BLOB NOT NULL, hash BLOB NOT NULL,
    CONSTRAINT pk_handling PRIMARY KEY (nr),
    CONSTRAINT fk_handling_av FOREIGN KEY(av) REFERENCES utfoerer (id),
    CONSTRAINT fk_handling_viser_til FOREIGN KEY(viser_til) REFERENCES handling (nr)
);
CREATE TABLE endring (
    handling INTEGER NOT NULL, nr INTEGER NOT NULL, tabell TEXT NOT NULL, noekkel TEXT NOT NULL,
    slag TEXT NOT NULL, salt BLOB, innhold TEXT, forpliktelse BLOB NOT NULL,
    CONSTRAINT pk_endring PRIMARY KEY (handling, nr),
    CONSTRAINT fk_endring_handling FOREIGN KEY(handling) REFERENCES handling (nr)
) WITHOUT ROWID;
CREATE INDEX ix_endring_tabell_noekkel ON endring (tabell, noekkel)
"""

DDL: Final = tuple(_SQL.strip().split(";\n"))
